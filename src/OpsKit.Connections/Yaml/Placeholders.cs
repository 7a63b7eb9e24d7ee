using System.Text;

namespace OpsKit.Connections.Yaml;

/// <summary>Fills variables into a text: <c>${name}</c> is a variable's value, <c>$${</c> the characters <c>${</c>; any other <c>$</c> is itself.</summary>
public static class Placeholders
{
    /// <summary>Longest text that comes of filling in, in characters.</summary>
    public const int LongestText = 64 * 1024;

    /// <summary>The text with its variables filled in; null, and told, where that cannot be.</summary>
    /// <param name="text">The text.</param>
    /// <param name="variables">Names and values; a value is taken as it is.</param>
    /// <param name="wrong">Is told what is wrong; at most once.</param>
    /// <param name="used">Is told each name that is used.</param>
    /// <param name="known">The names an error offers; those of <paramref name="variables"/> where it is null.</param>
    public static string? Fill(
        string text, IReadOnlyDictionary<string, string> variables, Action<string> wrong, Action<string>? used = null, IEnumerable<string>? known = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(wrong);
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
                return null;
            }

            var name = text[(open + 2)..close];
            if (!variables.TryGetValue(name, out var value))
            {
                wrong(Unknown(name, [.. (known ?? variables.Keys).Order(StringComparer.Ordinal)]));
                return null;
            }

            used?.Invoke(name);
            filled.Append(text, at, open - at).Append(value);
            at = close + 1;
            if (filled.Length > LongestText)
            {
                wrong($"longer than {LongestText:N0} characters with variables filled in");
                return null;
            }
        }

        return filled.ToString();
    }

    /// <summary>The names a text uses, as far as it can be read.</summary>
    public static IEnumerable<string> NamesIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var at = 0; text.IndexOf("${", at, StringComparison.Ordinal) is >= 0 and var open;)
        {
            at = open + 2;
            if (open > 0 && text[open - 1] == '$')
                continue;
            var close = text.IndexOf('}', open);
            if (close < 0)
                yield break;
            yield return text[at..close];
            at = close + 1;
        }
    }

    private static string Unknown(string name, List<string> known)
    {
        var shown = YamlNodes.Shorten(name);
        return $"unknown variable \"{shown}\"{NearestKey.Hint(name, known)}; {(known.Count == 0 ? "there are no vars" : $"known: {string.Join(", ", known)}")}; $${{{shown}}} writes it as it is";
    }
}
