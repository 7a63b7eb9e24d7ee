using YamlDotNet.RepresentationModel;

namespace OpsKit.Connections.Yaml;

/// <summary>How nodes are spoken of in errors.</summary>
internal static class YamlNodes
{
    private const int LongestShown = 60;

    internal static string Describe(YamlNode node) => node switch
    {
        YamlScalarNode { Value: null or "" } => "nothing",
        YamlScalarNode scalar => $"\"{Shorten(scalar.Value!)}\"",
        YamlSequenceNode => "a list",
        YamlMappingNode => "keys with values",
        _ => "something else",
    };

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestShown ? line : line[..LongestShown] + "…";
    }
}
