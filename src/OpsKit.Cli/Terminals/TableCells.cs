using OpsKit.Engine.Reports;
using Spectre.Console;

namespace OpsKit.Cli.Terminals;

/// <summary>A report as safe text in a grid: what the plain and the drawn table have in common.</summary>
internal sealed class TableCells
{
    /// <summary>Stands where there is no value, so that columns can be told apart by blanks, too.</summary>
    public const string Nothing = "-";

    public TableCells(ReportTable table)
    {
        Headers = [.. table.Columns.Select(HeaderOf)];
        AlignRight = [.. table.Columns.Select(column => column.IsNumeric)];
        Rows = [.. table.Rows.Select(row => CellsOf(table, row, Nothing))];
        Totals = table.Totals is { } totals ? CellsOf(table, totals, "") : null;
        Widths = [.. Headers.Select((header, index) => AllRows.Select(row => row[index]).Prepend(header).Max(WidthOf))];
    }

    public IReadOnlyList<string> Headers { get; }
    public IReadOnlyList<bool> AlignRight { get; }
    public IReadOnlyList<string[]> Rows { get; }
    public string[]? Totals { get; }

    /// <summary>Columns of the terminal each column takes where nothing is wrapped.</summary>
    public IReadOnlyList<int> Widths { get; }

    private IEnumerable<string[]> AllRows => Totals is null ? Rows : Rows.Append(Totals);

    /// <summary>Columns of the terminal a text takes; East Asian characters take two.</summary>
    public static int WidthOf(string text) => text.GetCellWidth();

    /// <summary>The least width of a column whose text is wrapped at blanks only: names and IDs are never broken.</summary>
    public int LeastWidth(int column) => AlignRight[column]
        ? Widths[column]
        : AllRows.Select(row => row[column]).Prepend(Headers[column]).SelectMany(text => text.Split(' ')).Max(WidthOf);

    private static string HeaderOf(ReportColumn column) => column.Unit is null ? column.Name : $"{column.Name} ({column.Unit})";

    private static string[] CellsOf(ReportTable table, ReportRow row, string nothing) =>
        [.. table.Columns.Select((column, index) => SafeText.Line(column.Format(row[index])) is { Length: > 0 } text ? text : nothing)];
}
