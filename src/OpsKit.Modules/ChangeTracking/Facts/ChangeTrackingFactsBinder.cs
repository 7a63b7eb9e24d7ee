using OpsKit.Connections.Yaml;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>Turns <c>change-tracking.yaml</c> into records, and refuses what has no meaning: all mistakes at once, each with its place.</summary>
internal static class ChangeTrackingFactsBinder
{
    private const int LargestGb = 64 * 1024;

    public static ChangeTrackingFacts Bind(YamlMap root, YamlErrors errors)
    {
        if (root.RequiredText("version") is { Length: > 0 } version && version != "1")
            root.Wrong("version", $"this opskit reads version 1, not {version}");
        var facts = new ChangeTrackingFacts { Source = root.File, Faults = [.. root.Maps("faults").Select(Fault)], BackupSnapshots = root.Texts("backup-snapshots"), LeftAlone = root.Texts("left-alone") };
        root.Finish();
        errors.ThrowIfAny();
        return facts;
    }

    private static TrackingFault Fault(YamlMap map)
    {
        var fault = new TrackingFault
        {
            Id = map.RequiredText("id"),
            Versions = Versions(map),
            MendedIn = Builds(map),
            AboveGb = (int?)map.Integer("above-gb", 1, LargestGb),
            What = map.RequiredText("what"),
            Remedy = map.RequiredText("remedy"),
        };
        map.Finish();
        return fault;
    }

    private static List<string> Versions(YamlMap map)
    {
        var versions = new List<string>();
        foreach (var item in map.Items("versions"))
        {
            if (IsVersion(item.Text))
                versions.Add(item.Text);
            else
                item.Wrong($"\"{item.Text}\" is not the first two numbers of a version, such as 5.1");
        }

        if (versions.Count == 0 && !map.Has("versions"))
            map.Wrong("\"versions\" is missing");
        return versions;
    }

    private static Dictionary<string, int> Builds(YamlMap map)
    {
        var builds = new Dictionary<string, int>(StringComparer.Ordinal);
        if (map.Map("mended-in") is not { } section)
            return builds;
        foreach (var version in section.Keys.ToList())
        {
            if (!IsVersion(version))
                section.Wrong(version, $"\"{version}\" is not the first two numbers of a version, such as 6.0");
            if (section.Integer(version, 1, int.MaxValue) is { } build)
                builds[version] = (int)build;
        }

        section.Finish();
        return builds;
    }

    private static bool IsVersion(string text) =>
        text.Split('.') is [var major, var minor] && major.Length is 1 or 2 && minor.Length is 1 or 2 && major.All(char.IsAsciiDigit) && minor.All(char.IsAsciiDigit);
}
