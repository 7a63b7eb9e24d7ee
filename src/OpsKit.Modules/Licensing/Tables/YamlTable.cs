using System.Globalization;
using OpsKit.Connections;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OpsKit.Modules.Licensing;

/// <summary>A YAML mapping whose keys are asked for by name; what is left over at the end is an error that names the nearest known key.</summary>
internal sealed class YamlTable
{
    private readonly string _source;
    private readonly Mark _start;
    private readonly Dictionary<string, (YamlScalarNode Key, YamlNode Value)> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private YamlTable(YamlMappingNode node, string source)
    {
        _source = source;
        _start = node.Start;
        foreach (var (key, value) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { Length: > 0 } name } scalar)
                throw Error(source, key.Start, "a key must be plain text");
            _entries[name] = (scalar, value);
        }
    }

    public IEnumerable<string> Keys => _entries.Keys;

    public static YamlTable Parse(string text, string source)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                return new YamlTable(root, source);
        }
        catch (YamlException e)
        {
            throw Error(source, e.Start, $"is not YAML: {e.Message}", e);
        }

        throw Error(source, new Mark(0, 1, 1), "must be one mapping of keys and values");
    }

    public bool Has(string key)
    {
        _asked.Add(key);
        return _entries.ContainsKey(key);
    }

    public YamlTable Table(string key) => Read(key, node => AsTable(node, $"'{key}'"));

    public IReadOnlyList<YamlTable> Tables(string key) => [.. List(key).Select(node => AsTable(node, $"each of '{key}'"))];

    public IReadOnlyList<string> Texts(string key) => [.. List(key).Select(node => AsText(node, $"each of '{key}'"))];

    public string Text(string key) => Read(key, node => AsText(node, $"'{key}'"));

    public int Number(string key, int least, int most) => Read(key, node =>
    {
        var text = AsText(node, $"'{key}'");
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Error(_source, node.Start, $"'{key}' must be a whole number from {least} to {most}, not '{text}'");
    });

    public bool Flag(string key) => Read(key, node => AsText(node, $"'{key}'") switch
    {
        "true" => true,
        "false" => false,
        var text => throw Error(_source, node.Start, $"'{key}' must be true or false, not '{text}'"),
    });

    public OpsKitException Error(string key, string what) => Error(_source, _entries.TryGetValue(key, out var entry) ? entry.Value.Start : _start, what);

    /// <summary>Refuses keys nobody asked for.</summary>
    public void Done()
    {
        foreach (var (name, (key, _)) in _entries.Where(entry => !_asked.Contains(entry.Key)))
        {
            var nearest = _asked.MinBy(known => Distance(name, known));
            throw Error(_source, key.Start, nearest is null ? $"unknown key '{name}'" : $"unknown key '{name}'; did you mean '{nearest}'?");
        }
    }

    private IEnumerable<YamlNode> List(string key) => Read(key, node =>
        node is YamlSequenceNode sequence ? sequence.Children : throw Error(_source, node.Start, $"'{key}' must be a list"));

    private T Read<T>(string key, Func<YamlNode, T> read)
    {
        _asked.Add(key);
        return _entries.TryGetValue(key, out var entry) ? read(entry.Value) : throw Error(_source, _start, $"'{key}' is missing");
    }

    private YamlTable AsTable(YamlNode node, string what) =>
        node is YamlMappingNode mapping ? new YamlTable(mapping, _source) : throw Error(_source, node.Start, $"{what} must be a mapping of keys and values");

    private string AsText(YamlNode node, string what) =>
        node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Error(_source, node.Start, $"{what} must be a text or a number");

    private static OpsKitException Error(string source, Mark at, string what, Exception? cause = null) =>
        new(FailureKind.Usage, what, $"{source}:{at.Line}:{at.Column}", innerException: cause);

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}
