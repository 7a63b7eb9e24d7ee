using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace OpsKit.Connections.Yaml;

/// <summary>
/// Opens a YAML file as a tree whose every node knows its line. Size, depth and aliases are bounded before the tree is built: a file
/// somebody sent must not be able to fill the memory.
/// </summary>
public static class YamlFile
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int LargestFile = 1024 * 1024;

    /// <summary>Deepest nesting.</summary>
    public const int DeepestNesting = 32;

    /// <summary>Most aliases (<c>*name</c>) in a file.</summary>
    public const int MostAliases = 100;

    /// <summary>Most nodes in a file, counted with every alias written out.</summary>
    public const int MostNodes = 200_000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What errors call it: the path as the operator wrote it.</param>
    /// <param name="errors">Collects what the caller's binding finds wrong.</param>
    /// <exception cref="OpsKitException">The file cannot be read or is no YAML (<see cref="FailureKind.Usage"/>).</exception>
    public static YamlMap Open(string path, string name, YamlErrors errors) => Parse(ReadText(path, name), name, errors);

    /// <summary>Reads a file's text, without a byte order mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="OpsKitException">It cannot be read, is too large or not UTF-8 (<see cref="FailureKind.Usage"/>).</exception>
    public static string ReadText(string path, string name)
    {
        byte[] bytes;
        try
        {
            var info = new FileInfo(path);
            if (info.Exists && info.Length > LargestFile)
                throw new OpsKitException(FailureKind.Usage, $"is {info.Length:N0} bytes long; the limit is {LargestFile:N0}", name);
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OpsKitException(FailureKind.Usage, "the file does not exist", name, innerException: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, $"cannot be read: {e.Message}", name, innerException: e);
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new OpsKitException(FailureKind.Usage, $"is not UTF-8 (byte {e.Index + 1}); save it as UTF-8", name, innerException: e);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="errors">Collects what the caller's binding finds wrong.</param>
    /// <exception cref="OpsKitException">The text is no YAML, or past a limit (<see cref="FailureKind.Usage"/>).</exception>
    public static YamlMap Parse(string text, string name, YamlErrors errors)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            CheckLimits(parser, name);
            parser = new Parser(new StringReader(text));
            var stream = new YamlStream();
            stream.Load(parser);
            if (stream.Documents.Count > 1)
                throw At(name, stream.Documents[1].RootNode.Start, "a second document begins here; one file holds one document");
            var root = stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
            if (root is null || root is YamlScalarNode { Value: null or "" })
                throw At(name, root?.Start ?? Mark.Empty, "the file is empty");
            if (root is not YamlMappingNode map)
                throw At(name, root.Start, $"found {YamlNodes.Describe(root)}, expected keys with values at the top");
            return new YamlMap(map, name, "", errors);
        }
        catch (YamlException e)
        {
            var reason = e.Message.Contains("Duplicate key", StringComparison.OrdinalIgnoreCase) ? e.Message : (e.InnerException ?? e).Message;
            throw At(name, e.Start, reason.TrimEnd('.'));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The parser's own slips, over tags that are no URIs and values without a key: their words help nobody.
            throw At(name, parser.Current?.Start ?? Mark.Empty, "what begins here is no YAML");
        }
    }

    /// <summary>Walks the events without building anything; an alias counts for all that its anchor holds.</summary>
    private static void CheckLimits(Parser parser, string name)
    {
        var open = new Stack<(AnchorName Anchor, long Before)>();
        var sizes = new Dictionary<AnchorName, long>();
        long nodes = 0;
        var aliases = 0;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case AnchorAlias alias:
                    if (++aliases > MostAliases)
                        throw At(name, alias.Start, $"more than {MostAliases} aliases");
                    if (open.Any(node => node.Anchor == alias.Value))
                        throw At(name, alias.Start, $"*{alias.Value} stands inside what &{alias.Value} names; nothing can hold itself");
                    nodes += sizes.GetValueOrDefault(alias.Value, 1);
                    break;
                case MappingStart or SequenceStart:
                    var start = (NodeEvent)parser.Current;
                    open.Push((start.Anchor, nodes++));
                    if (open.Count > DeepestNesting)
                        throw At(name, start.Start, $"nested deeper than {DeepestNesting} levels");
                    break;
                case MappingEnd or SequenceEnd:
                    var (anchor, before) = open.Pop();
                    if (!anchor.IsEmpty)
                        sizes[anchor] = nodes - before;
                    break;
                case Scalar:
                    nodes++;
                    break;
            }

            if (nodes > MostNodes)
                throw At(name, parser.Current!.Start, $"more than {MostNodes:N0} values, with aliases written out");
        }
    }

    private static OpsKitException At(string name, Mark mark, string message) =>
        new(FailureKind.Usage, new YamlError(name, Math.Max(1, mark.Line), Math.Max(1, mark.Column), message).ToString());
}
