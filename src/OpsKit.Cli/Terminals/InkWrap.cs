using System.Text.RegularExpressions;

namespace OpsKit.Cli.Terminals;

/// <summary>Breaks painted text at blanks: what paints it takes no columns.</summary>
internal static partial class InkWrap
{
    /// <summary>Lines of at most so many columns, all but the first indented.</summary>
    public static string Hanging(string text, int width, int indent)
    {
        if (WidthOf(text) <= width)
            return text;
        var room = Math.Max(16, width);
        var lines = new List<string>();
        var used = 0;
        foreach (var word in text.Split(' '))
        {
            var length = WidthOf(word);
            if (lines.Count > 0 && used + 1 + length <= room)
            {
                lines[^1] += " " + word;
                used += 1 + length;
            }
            else
            {
                lines.Add(lines.Count == 0 ? word : new string(' ', indent) + word);
                used = length + (lines.Count == 1 ? 0 : indent);
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>Columns that a painted text takes.</summary>
    public static int WidthOf(string text) => TableCells.WidthOf(Paint().Replace(text, ""));

    /// <summary>At most so many columns of a text without paint, with an ellipsis where some is left out.</summary>
    public static string Cut(string text, int width)
    {
        if (TableCells.WidthOf(text) <= width)
            return text;
        if (width <= 1)
            return width == 1 ? "…" : "";
        var cut = text.Length;
        while (cut > 0 && (TableCells.WidthOf(text[..cut]) > width - 1 || char.IsHighSurrogate(text[cut - 1])))
            cut--;
        return text[..cut] + "…";
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Paint();
}
