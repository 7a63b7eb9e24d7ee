using OpsKit.Connections.Yaml;

namespace OpsKit.Engine.Playbooks;

/// <summary>Reads <c>name</c>: tables, journals and questions show it, so it is one line.</summary>
internal static class Names
{
    internal const int Longest = 100;

    /// <summary>A name that must be there.</summary>
    public static string Required(YamlMap map)
    {
        var name = map.RequiredText("name");
        return name.Length == 0 ? name : Checked(map, name);
    }

    /// <summary>A name; null where there is none.</summary>
    public static string? Optional(YamlMap map) => map.Text("name") is { } name ? Checked(map, name) : null;

    private static string Checked(YamlMap map, string name)
    {
        if (name.Length > Longest || name.Any(char.IsControl) || name.Trim().Length == 0)
            map.Wrong("name", $"a name is one line of 1 to {Longest} characters");
        return name;
    }
}
