using OpsKit.Connections;
using OpsKit.Engine.Reports;
using Spectre.Console;

namespace OpsKit.Cli.Terminals;

/// <summary>A report as safe text in a grid: what the plain and the drawn table have in common.</summary>
internal sealed class TableCells
{
    private readonly IReadOnlyList<bool> _lesser;

    private TableCells(IReadOnlyList<string> headers, IReadOnlyList<bool> alignRight, IReadOnlyList<bool> lesser, IReadOnlyList<string[]> rows, string[]? totals)
    {
        Headers = headers;
        AlignRight = alignRight;
        _lesser = lesser;
        Rows = rows;
        Totals = totals;
        Widths = [.. Headers.Select((header, index) => AllRows.Select(row => row[index]).Prepend(header).Max(WidthOf))];
    }

    private const int ShortWords = 16;

    /// <summary>Stands where there is no value, so that columns can be told apart by blanks, too.</summary>
    public const string Nothing = "-";

    public TableCells(ReportTable table)
        : this(
            [.. table.Columns.Select(HeaderOf)],
            [.. table.Columns.Select(column => column.IsNumeric)],
            [.. table.Columns.Select(column => column.Lesser)],
            [.. table.Rows.Select(row => CellsOf(table, row, Nothing))],
            table.Totals is { } totals ? CellsOf(table, totals, "") : null)
    {
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

    /// <summary>The least width of a column: text is wrapped at blanks only, as names and IDs are never broken; headers at their words, too.</summary>
    public int LeastWidth(int column)
    {
        var cells = AllRows.Select(row => row[column]);
        return (AlignRight[column] ? cells : cells.SelectMany(text => text.Split(' '))).Concat(HeaderWords.Of(Headers[column])).Max(WidthOf);
    }

    /// <summary>Whether a column is narrower than the short words it holds: a name such as <c>Hard disk 1</c> reads badly one word below the other.</summary>
    public bool Squeezes(IReadOnlyList<int> widths) => Enumerable.Range(0, widths.Count).Any(index => AllRows.Max(row => WidthOf(row[index])) is <= ShortWords and var content && widths[index] < content);

    /// <summary>The same without the columns that hold nothing.</summary>
    public TableCells WithoutEmptyColumns()
    {
        var kept = Enumerable.Range(0, Headers.Count).Where(index => Rows.Count == 0 || AllRows.Any(row => row[index] is not ("" or Nothing))).ToArray();
        return kept.Length == Headers.Count ? this : Only(kept);
    }

    /// <summary>The same without its last lesser column, which is named; null where there is none to do without.</summary>
    public (TableCells Cells, string LeftOut)? WithoutLastLesser()
    {
        var last = _lesser.Count - 1;
        while (last >= 0 && !_lesser[last])
            last--;
        return last < 0 ? null : (Only([.. Enumerable.Range(0, Headers.Count).Where(index => index != last)]), Headers[last]);
    }

    private TableCells Only(int[] kept)
    {
        return new TableCells(
            [.. kept.Select(index => Headers[index])], [.. kept.Select(index => AlignRight[index])], [.. kept.Select(index => _lesser[index])], [.. Rows.Select(Keep)], Totals is null ? null : Keep(Totals));

        string[] Keep(string[] row) => [.. kept.Select(index => row[index])];
    }

    private static string HeaderOf(ReportColumn column) => column.Unit is null ? column.Name : $"{column.Name} ({column.Unit})";

    private static string[] CellsOf(ReportTable table, ReportRow row, string nothing) =>
        [.. table.Columns.Select((column, index) => SafeText.Line(column.Format(row[index])) is { Length: > 0 } text ? text : nothing)];
}
