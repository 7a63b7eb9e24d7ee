using System.Globalization;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;
using OpsKit.Modules.Configuration;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Reads lists of documented ports: the files given, else those of the folder <c>ports</c> in the configuration folder, else those built in.</summary>
public static class DocumentedPortsReader
{
    private const string Folder = "ports";

    private static readonly Dictionary<string, bool> IsUdp = new(StringComparer.Ordinal) { ["tcp"] = false, ["udp"] = true };

    private static readonly FactsFile<DocumentedPorts>[] Sources = [new("ports/esxi.yaml", Bind), new("ports/esx.yaml", Bind)];

    /// <summary>The lists that come with OpsKit (<c>config/ports</c>).</summary>
    public static IReadOnlyList<DocumentedPorts> BuiltIn => [.. Sources.Select(source => source.BuiltIn)];

    /// <summary>The lists in force, one a product.</summary>
    /// <param name="jumpHost">The machine whose configuration folder counts.</param>
    /// <param name="files">Files to use besides; each stands for the built-in list of its product.</param>
    /// <exception cref="OpsKitException">One cannot be read, or says something that has no meaning (usage; file, line and column).</exception>
    public static IReadOnlyList<DocumentedPorts> Load(JumpHost jumpHost, IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(jumpHost);
        ArgumentNullException.ThrowIfNull(files);
        var configured = Path.Combine(jumpHost.ConfigDirectory, Folder);
        var own = Directory.Exists(configured) ? Directory.EnumerateFiles(configured, "*.yaml").Order(StringComparer.Ordinal).Select(file => Open(file, file)) : [];
        var lists = new Dictionary<string, DocumentedPorts>(StringComparer.Ordinal);
        foreach (var list in BuiltIn.Concat(own).Concat(files.Select(file => Open(jumpHost.ResolvePath(file), file))))
            lists[list.Product] = list;
        return [.. lists.Values];
    }

    /// <summary>Reads a list from text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="OpsKitException">It says something that has no meaning (usage; file, line and column).</exception>
    public static DocumentedPorts Parse(string text, string source) => Sources[0].Parse(text, source);

    private static DocumentedPorts Open(string path, string shown) => Sources[0].Open(path, shown);

    private static DocumentedPorts Bind(YamlMap root, YamlErrors errors)
    {
        if (root.RequiredText("version") is { Length: > 0 } version && version != "1")
            root.Wrong("version", $"this opskit reads version 1, not {version}");
        var list = new DocumentedPorts(root.RequiredText("product").ToLowerInvariant(), root.File, [.. root.Maps("ports").Select(Port)]);
        root.Finish();
        errors.ThrowIfAny();
        return list;
    }

    private static DocumentedPort Port(YamlMap map)
    {
        var (first, last) = Range(map);
        map.RequiredText("protocol");
        var port = new DocumentedPort(map.Choice("protocol", IsUdp) == true ? "udp" : "tcp", first, last, map.RequiredText("purpose"), map.Text("from"), map.RequiredText("source"))
        {
            Since = VersionOf(map, "since"),
            Until = VersionOf(map, "until"),
        };
        if (port is { Since: { } since, Until: { } until } && since > until)
            map.Wrong("until", $"{until} is before \"since\", {since}");
        map.Finish();
        return port;
    }

    private static (int First, int Last) Range(YamlMap map)
    {
        var text = map.RequiredText("port");
        var parts = text.Split('-');
        if (parts.Length is 1 or 2 && Number(parts[0]) is { } first && Number(parts[^1]) is { } last && first <= last)
            return (first, last);
        if (text.Length > 0)
            map.Wrong("port", $"\"{text}\" is no port from 1 to 65535 and no range such as 5900-5964");
        return (0, 0);
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= 65535 ? value : null;

    private static Version? VersionOf(YamlMap map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        if (Version.TryParse(text, out var version) && version.Revision < 0)
            return version;
        map.Wrong(key, $"\"{text}\" is no version such as \"5.0\"; in YAML, put it in quotes");
        return null;
    }
}
