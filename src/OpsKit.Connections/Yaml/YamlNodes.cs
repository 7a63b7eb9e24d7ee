using YamlDotNet.Core;
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

    /// <summary>Where a node begins; the parser has no place for a key with its value that stands in a list without braces.</summary>
    internal static Mark StartOf(YamlNode node) =>
        node is YamlMappingNode { Children.Count: > 0 } map && map.Start.Equals(Mark.Empty) ? map.Children[0].Key.Start : node.Start;

    /// <summary><c>cluster: Prod</c> where a text was meant: the blank made it a key.</summary>
    internal static string ColonHint(YamlNode node) =>
        node is YamlMappingNode { Children.Count: 1 } map && map.Children[0] is { Key: YamlScalarNode { Value: { } key }, Value: YamlScalarNode { Value: { } value } }
            ? $" (a blank after a colon makes a key; write \"{Shorten($"{key}:{value}")}\")"
            : "";

    internal static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestShown ? line : line[..LongestShown] + "…";
    }
}
