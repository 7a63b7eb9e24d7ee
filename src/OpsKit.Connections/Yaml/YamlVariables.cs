using YamlDotNet.RepresentationModel;

namespace OpsKit.Connections.Yaml;

/// <summary>Fills variables into the values of a tree. Keys, and the values of variables themselves, are left alone.</summary>
internal sealed class YamlVariables(
    IReadOnlyDictionary<string, string> variables, IReadOnlySet<string> broken, YamlErrors errors, Action<YamlNode, string> report)
{
    // A few long values used many times must not fill the memory any more than a large file may.
    private const int MostText = YamlFile.LargestFile;
    private readonly HashSet<YamlNode> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private long _text;

    public IReadOnlySet<string> Expand(YamlMappingNode root, string except)
    {
        var parts = root.Children.Where(part => part.Key is not YamlScalarNode { Value: { } name } || name != except).ToList();
        var walked = new HashSet<YamlNode>(ReferenceEqualityComparer.Instance);
        foreach (var (key, value) in parts)
        {
            Key(key);
            Keys(value, walked);
        }

        foreach (var (_, value) in parts)
            Expand(value);
        return _used;
    }

    /// <summary>Keys first: one that is also a value, by an alias, must stay as it is, or its map would lose it.</summary>
    private void Keys(YamlNode node, HashSet<YamlNode> walked)
    {
        if (!walked.Add(node))
            return;
        if (node is YamlSequenceNode list)
        {
            foreach (var child in list.Children)
                Keys(child, walked);
        }
        else if (node is YamlMappingNode map)
        {
            foreach (var (key, value) in map.Children)
            {
                Key(key);
                Keys(value, walked);
            }
        }
    }

    private void Key(YamlNode key)
    {
        if (_seen.Add(key) && key is YamlScalarNode { Value: { } text } && text.Contains("${", StringComparison.Ordinal))
            report(key, $"\"{YamlNodes.Shorten(text)}\" is a key; variables are filled into values alone");
    }

    /// <summary>An alias stands for the same node, which is filled in once.</summary>
    private void Expand(YamlNode node)
    {
        if (!_seen.Add(node))
            return;
        switch (node)
        {
            case YamlScalarNode { Value: { } text } scalar when text.Contains("${", StringComparison.Ordinal):
                Fill(scalar, text);
                break;
            case YamlSequenceNode list:
                foreach (var item in list.Children)
                    Expand(item);
                break;
            case YamlMappingNode map:
                foreach (var value in map.Children.Values)
                    Expand(value);
                break;
        }
    }

    private void Fill(YamlScalarNode scalar, string text)
    {
        if (Placeholders.NamesIn(text).Any(broken.Contains))
        {
            _used.UnionWith(Placeholders.NamesIn(text));
            errors.Settle(scalar.Start);
            return;
        }

        var wrong = "";
        var filled = Placeholders.Fill(text, variables, message => wrong = message, name => _used.Add(name));
        if (filled is not null && (_text += filled.Length) > MostText)
            wrong = $"more than {MostText:N0} characters with variables filled in";
        if (wrong.Length > 0)
        {
            report(scalar, wrong);
            errors.Settle(scalar.Start);
            return;
        }

        scalar.Value = filled;
        errors.FilledIn(scalar.Start, text);
    }
}
