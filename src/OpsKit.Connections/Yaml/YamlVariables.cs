using System.Text;
using YamlDotNet.RepresentationModel;

namespace OpsKit.Connections.Yaml;

/// <summary>Fills variables into the values of a tree. Keys, and the values of variables themselves, are left alone.</summary>
internal static class YamlVariables
{
    public static void Expand(YamlMappingNode root, IReadOnlyDictionary<string, string> variables, string except, Action<YamlNode, string> report)
    {
        var seen = new HashSet<YamlNode>(ReferenceEqualityComparer.Instance);
        foreach (var (key, value) in root.Children)
        {
            if (key is not YamlScalarNode { Value: { } name } || name != except)
                Expand(value, variables, report, seen);
        }
    }

    /// <summary>An alias stands for the same node, which is filled in once.</summary>
    private static void Expand(YamlNode node, IReadOnlyDictionary<string, string> variables, Action<YamlNode, string> report, HashSet<YamlNode> seen)
    {
        if (!seen.Add(node))
            return;
        switch (node)
        {
            case YamlScalarNode { Value: { } text } scalar when text.Contains("${", StringComparison.Ordinal):
                scalar.Value = Fill(text, variables, message => report(scalar, message));
                break;
            case YamlSequenceNode list:
                foreach (var item in list.Children)
                    Expand(item, variables, report, seen);
                break;
            case YamlMappingNode map:
                foreach (var value in map.Children.Values)
                    Expand(value, variables, report, seen);
                break;
        }
    }

    private static string Fill(string text, IReadOnlyDictionary<string, string> variables, Action<string> wrong)
    {
        var filled = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf("${", at, StringComparison.Ordinal);
            if (open < 0)
                return filled.Append(text, at, text.Length - at).ToString();
            if (open > at && text[open - 1] == '$')
            {
                filled.Append(text, at, open - 1 - at).Append("${");
                at = open + 2;
                continue;
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                wrong("\"${\" is never closed; $${ writes it as it is");
                return text;
            }

            var name = text[(open + 2)..close];
            if (!variables.TryGetValue(name, out var value))
            {
                var known = variables.Count == 0 ? "; the playbook has no vars" : $"; known: {string.Join(", ", variables.Keys.Order(StringComparer.Ordinal))}";
                wrong($"unknown variable \"{name}\"{NearestKey.Hint(name, variables.Keys)}{known}");
                return text;
            }

            filled.Append(text, at, open - at).Append(value);
            at = close + 1;
        }

        return filled.ToString();
    }
}
