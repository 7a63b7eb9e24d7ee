using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Yaml;
using OpsKit.Modules.Configuration;

namespace OpsKit.Modules.Vibs;

/// <summary>Reads <c>driver-firmware.yaml</c>: the file given, else the one in the configuration folder, else the one built in.</summary>
public static class DriverFactsReader
{
    /// <summary>The file's name in the configuration folder.</summary>
    public const string FileName = "driver-firmware.yaml";

    private static readonly FactsFile<DriverFacts> Source = new(FileName, Bind);

    /// <summary>The facts that come with OpsKit (<c>config/driver-firmware.yaml</c>).</summary>
    public static DriverFacts BuiltIn => Source.BuiltIn;

    /// <summary>The facts in force.</summary>
    /// <param name="jumpHost">The machine whose configuration folder counts.</param>
    /// <param name="file">The file to use; null for the configured or the built-in one.</param>
    /// <exception cref="OpsKitException">The file cannot be read, or it says something that has no meaning (usage; file, line and column).</exception>
    public static DriverFacts Load(JumpHost jumpHost, string? file = null) => Source.Load(jumpHost, file);

    /// <summary>Reads facts from text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="OpsKitException">It says something that has no meaning (usage; file, line and column).</exception>
    public static DriverFacts Parse(string text, string source) => Source.Parse(text, source);

    private static DriverFacts Bind(YamlMap root, YamlErrors errors)
    {
        root.Integer("version", 1, 1);
        var facts = new DriverFacts
        {
            Source = root.File,
            Pairs = [.. root.Maps("pairs").Select(Pair)],
            KnownFaults = [.. root.Maps("known-bad").Select(Fault)],
        };
        root.Finish();
        errors.ThrowIfAny();
        return facts;
    }

    private static DriverPair Pair(YamlMap map)
    {
        var pair = new DriverPair(
            map.RequiredText("name"), map.RequiredText("driver"), Some(map, "driver-versions"), map.Texts("esxi"), Some(map, "firmware"), map.RequiredText("because"));
        map.Finish();
        return pair;
    }

    private static KnownFault Fault(YamlMap map)
    {
        var fault = new KnownFault(
            map.RequiredText("name"), map.RequiredText("driver"), map.RequiredText("log"), Some(map, "lines"), map.RequiredText("because"), map.RequiredText("remedy"));
        try
        {
            _ = LogLines.Question(fault);
        }
        catch (OpsKitException unsafePath) when (fault.Log.Length > 0 && fault.Lines.Count > 0)
        {
            map.Wrong("log", $"this log and these lines cannot be looked for: {unsafePath.What}");
        }
        catch (OpsKitException)
        {
            // What is missing is told already.
        }

        map.Finish();
        return fault;
    }

    private static IReadOnlyList<string> Some(YamlMap map, string key)
    {
        var texts = map.Texts(key);
        if (texts.Count == 0)
            map.Wrong($"\"{key}\" is missing: it takes one text or more");
        return texts;
    }
}
