using System.Text.RegularExpressions;

namespace OpsKit.Cli.Terminals;

/// <summary>Breaks a column's header where its words meet: <c>vRAMEntitledWithUnassigned (GB)</c> is five of them.</summary>
internal static partial class HeaderWords
{
    public static string[] Of(string header) => Joints().Split(header);

    /// <summary>The header on lines of at most so many columns, where its words allow it.</summary>
    public static string Break(string header, int width)
    {
        var lines = new List<string>();
        foreach (var word in Of(header))
        {
            var gap = word.StartsWith('(') ? " " : "";
            if (lines.Count > 0 && TableCells.WidthOf(lines[^1] + gap + word) <= width)
                lines[^1] += gap + word;
            else
                lines.Add(word);
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex("(?<=[A-Za-z0-9])(?=[A-Z][a-z]{2})| ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Joints();
}
