using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;
using OpsKit.Modules.Configuration;

namespace OpsKit.Modules.Vibs;

/// <summary>Reads <c>vibs.yaml</c>: the one in the configuration folder, else the one built in.</summary>
public static class EsxiReleasesReader
{
    /// <summary>The file's name in the configuration folder.</summary>
    public const string FileName = "vibs.yaml";

    private static readonly FactsFile<EsxiReleases> Source = new(FileName, Bind);

    /// <summary>What comes with OpsKit (<c>config/vibs.yaml</c>).</summary>
    public static EsxiReleases BuiltIn => Source.BuiltIn;

    /// <summary>What is in force.</summary>
    /// <param name="jumpHost">The machine whose configuration folder counts.</param>
    /// <exception cref="OpsKitException">The file cannot be read, or says something that has no meaning (usage; file, line and column).</exception>
    public static EsxiReleases Load(JumpHost jumpHost) => Source.Load(jumpHost);

    /// <summary>Reads it from text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="OpsKitException">It says something that has no meaning (usage; file, line and column).</exception>
    public static EsxiReleases Parse(string text, string source) => Source.Parse(text, source);

    private static EsxiReleases Bind(YamlMap root, YamlErrors errors)
    {
        if (root.RequiredText("version") is { Length: > 0 } version && version != "1")
            root.Wrong("version", $"this opskit reads version 1, not {version}");
        var lines = root.Items("lines").Select(item => (Item: item, Line: EsxiLine.Of(item.Text))).ToList();
        foreach (var (item, _) in lines.Where(line => line.Line is null))
            item.Wrong($"\"{item.Text}\" is no release line such as 6.7");
        var releases = new EsxiReleases
        {
            Source = root.File,
            Lines = [.. lines.Select(line => line.Line).OfType<EsxiLine>()],
            ContentDigestSince = Line(root, "content-digest-since") ?? new EsxiLine(0, 0),
            Interfaces = [.. root.Maps("interfaces").Select(Interface)],
            ReleasePackages = root.Texts("release-packages"),
            CommunityPaths = root.Texts("community-paths"),
        };
        if (releases.Lines.Count == 0)
            root.Wrong("lines", "at least one release line is needed");
        root.Finish();
        errors.ThrowIfAny();
        return releases;
    }

    private static EsxiInterface Interface(YamlMap map)
    {
        var bound = new EsxiInterface(map.RequiredText("name"), Line(map, "since") ?? new EsxiLine(0, 0), map.Has("until") ? Line(map, "until") : null);
        map.Finish();
        return bound;
    }

    private static EsxiLine? Line(YamlMap map, string key)
    {
        var text = map.RequiredText(key);
        var line = EsxiLine.Of(text);
        if (line is null && text.Length > 0)
            map.Wrong(key, $"\"{text}\" is no release line such as 6.7");
        return line;
    }
}
