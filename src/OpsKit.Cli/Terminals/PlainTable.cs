using System.Text;
using OpsKit.Connections;
using OpsKit.Engine.Reports;

namespace OpsKit.Cli.Terminals;

/// <summary>A report as aligned columns without any drawing, for pipes, files and dumb terminals. Nothing is wrapped or cut.</summary>
internal static class PlainTable
{
    public static string Draw(ReportTable table)
    {
        var cells = new TableCells(table);
        var text = new StringBuilder();
        Append(text, cells, [.. cells.Headers]);
        foreach (var row in cells.Rows)
            Append(text, cells, row);
        if (cells.Totals is { } totals)
            Append(text, cells, totals);

        Section(text, "Not assessed:", table.NotAssessed.Select(missing => $"{SafeText.Line(missing.Target)}: {SafeText.Line(missing.Reason)}"));
        Section(text, "Notes:", table.Notes.Select(SafeText.Line));
        return text.ToString();
    }

    private static void Append(StringBuilder text, TableCells cells, string[] row)
    {
        var line = new StringBuilder();
        for (var index = 0; index < row.Length; index++)
        {
            var fill = new string(' ', cells.Widths[index] - TableCells.WidthOf(row[index]));
            line.Append(index > 0 ? "  " : "");
            line.Append(cells.AlignRight[index] ? fill + row[index] : row[index] + fill);
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;

        text.Append('\n').Append(title).Append('\n');
        foreach (var line in all)
            text.Append("  ").Append(line).Append('\n');
    }
}
