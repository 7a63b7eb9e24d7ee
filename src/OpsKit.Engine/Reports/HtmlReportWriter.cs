using OpsKit.Engine.Reports.Drawings;
using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Reports;

/// <summary>
/// Writes a report as one HTML file to read, print and send on: it needs nothing beside it, runs no script and asks for nothing. Totals, what could not be
/// assessed and notes are in it.
/// </summary>
public static class HtmlReportWriter
{
    /// <summary>
    /// Words up to this length stay whole, as the table may scroll; a longer one would push everything else off the screen. Sentences longer than that have room.
    /// </summary>
    private const int LongestWholeWord = 40;

    /// <summary>Writes the report.</summary>
    /// <param name="table">The report.</param>
    /// <param name="generatedAt">When it was made.</param>
    /// <param name="output">Receives UTF-8; left open.</param>
    public static void Write(ReportTable table, DateTimeOffset generatedAt, Stream output)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var html = new HtmlText(output);
        HtmlPage.Begin(html, $"{table.Name} — OpsKit");
        html.Constant("<style>\n" + HtmlStyle.Page + "main{max-width:none}.wide{overflow-x:auto}.wide td,.wide tbody th{overflow-wrap:break-word}.wide .x{overflow-wrap:anywhere}.wide .t{min-width:16rem}\n");
        if (table.Drawing is not null)
            html.Constant(DrawingSvg.Style);
        html.Constant("</style>\n");
        HtmlPage.Body(html);
        html.Write($"<h1>{table.Name}</h1>\n<p class=\"dim\">{Rows(table.Rows.Count)}, made {generatedAt.UtcDateTime.ToString(ReportColumn.MomentFormat)}</p>\n");
        WriteMissing(html, table.NotAssessed);
        if (table.Drawing is { Links.Count: > 0 } drawing)
        {
            DrawingSvg.Write(html, drawing);
            html.Constant("<h2>Table</h2>\n");
        }

        WriteTable(html, table);
        WriteNotes(html, table.Notes);
        html.Constant("<footer>Made by OpsKit.</footer>\n");
        HtmlPage.End(html);
    }

    private static void WriteMissing(HtmlText html, IReadOnlyList<NotAssessed> missing)
    {
        if (missing.Count == 0)
            return;
        html.Write($"<h2 class=\"warn\">Not assessed</h2>\n<p>{(missing.Count == 1 ? "One target is" : $"{missing.Count} targets are")} missing from the table below:</p>\n<ul>\n");
        foreach (var target in missing)
            html.Write($"<li><strong>{target.Target}</strong>: {target.Reason}</li>\n");
        html.Constant("</ul>\n");
    }

    private static void WriteTable(HtmlText html, ReportTable table)
    {
        // The table may scroll by itself where it is wider than the screen, from the keyboard, too; the page does not.
        html.Write($"<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{table.Name}\">\n<table class=\"cards\">\n<thead><tr>");
        foreach (var column in table.Columns)
            html.Write($"<th scope=\"col\" class=\"{Class(column, "")}\" title=\"{column.Description}\">{Header(column)}</th>");
        html.Constant("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
            WriteRow(html, table, row);
        html.Constant("</tbody>\n");
        if (table.Totals is { } totals)
        {
            html.Constant("<tfoot>\n");
            WriteRow(html, table, totals);
            html.Constant("</tfoot>\n");
        }

        html.Constant("</table>\n</div>\n");
    }

    private static void WriteRow(HtmlText html, ReportTable table, ReportRow row)
    {
        html.Constant("<tr>");
        for (var index = 0; index < table.Columns.Count; index++)
        {
            var column = table.Columns[index];
            var text = column.Format(row[index]);
            if (index == table.SubjectColumn)
                html.Write($"<th scope=\"row\" class=\"{Class(column, text)}\" data-l=\"{Header(column)}\">{text}</th>");
            else
                html.Write($"<td class=\"{Class(column, text)}\" data-l=\"{Header(column)}\">{text}</td>");
        }

        html.Constant("</tr>\n");
    }

    private static void WriteNotes(HtmlText html, IReadOnlyList<string> notes)
    {
        if (notes.Count == 0)
            return;
        html.Constant("<h2>Notes</h2>\n<ul>\n");
        foreach (var note in notes)
            html.Write($"<li>{note}</li>\n");
        html.Constant("</ul>\n");
    }

    private static string Header(ReportColumn column) => column switch
    {
        { Unit: { } unit } => $"{column.Name} ({unit})",
        { Kind: ColumnKind.Percent } => $"{column.Name} (%)",
        _ => column.Name,
    };

    private static string Class(ReportColumn column, string text) => column switch
    {
        { IsNumeric: true } => "n",
        { Kind: ColumnKind.Timestamp or ColumnKind.Date } => "w",
        _ => text.Length <= LongestWholeWord ? "" : text.Split(' ', '-').Any(word => word.Length > LongestWholeWord) ? "x" : "t",
    };

    private static string Rows(int count) => count == 1 ? "1 row" : $"{count} rows";
}
