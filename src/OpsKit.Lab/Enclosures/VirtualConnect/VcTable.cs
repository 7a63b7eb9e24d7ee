using System.Text;

namespace OpsKit.Lab.Enclosures.VirtualConnect;

/// <summary>A table as Virtual Connect Manager draws it: rulers above and below the header, gaps of two blanks, headers broken at blanks.</summary>
internal static class VcTable
{
    public static string Draw(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var cells = rows.ToList();
        var heads = header.Select((text, column) => Broken(text, cells.Select(row => row[column].Length).DefaultIfEmpty(0).Max())).ToList();
        var widths = heads.Select((lines, column) => Math.Max(lines.Max(line => line.Length), cells.Select(row => row[column].Length).DefaultIfEmpty(0).Max())).ToList();
        var ruler = new string('=', widths.Sum() + 2 * (widths.Count - 1)) + "\n";
        var text = new StringBuilder(ruler);
        for (var line = 0; line < heads.Max(lines => lines.Count); line++)
            text.Append(Row(heads.Select(lines => line < lines.Count ? lines[line] : ""), widths));
        text.Append(ruler);
        foreach (var row in cells)
            text.Append(Row(row, widths));
        return text.ToString();
    }

    /// <summary>Lines of <c>Key : value</c>, with the colons below each other.</summary>
    public static string Facts(IReadOnlyList<(string Key, string Value)> facts)
    {
        var width = facts.Max(fact => fact.Key.Length);
        return string.Concat(facts.Select(fact => $"{fact.Key.PadRight(width)} : {fact.Value}\n"));
    }

    private static string Row(IEnumerable<string> cells, List<int> widths) => string.Join("  ", cells.Select((cell, column) => cell.PadRight(widths[column]))) + "\n";

    /// <summary>A header wider than its column goes on a second line.</summary>
    private static List<string> Broken(string header, int width)
    {
        var at = header.Length > width ? header.LastIndexOf(' ') : -1;
        return at < 0 ? [header] : [header[..at], header[(at + 1)..]];
    }
}
