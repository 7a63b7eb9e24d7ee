namespace OpsKit.Engine.Reports;

/// <summary>A report: typed rows under named columns, what could not be assessed, and notes. Tables, CSV and JSON are views of it.</summary>
public sealed record ReportTable
{
    /// <summary>The report's name in machine-readable output, such as <c>license-vram</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The columns.</summary>
    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    /// <summary>The rows, each with one value for each column.</summary>
    public required IReadOnlyList<ReportRow> Rows { get; init; }

    /// <summary>The totals, or null where nothing is summed. Always the sum of <see cref="Rows"/> as they are shown.</summary>
    public ReportRow? Totals { get; init; }

    /// <summary>What the report should cover and could not.</summary>
    public IReadOnlyList<NotAssessed> NotAssessed { get; init; } = [];

    /// <summary>Remarks a reader needs to judge the numbers.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What it draws; null for nothing.</summary>
    public ReportDrawing? Drawing { get; init; }

    /// <summary>
    /// Makes a report of typed rows. Where columns are marked to be summed and there are rows, the totals row sums the values as shown
    /// (after rounding) and carries <c>Total</c> in the first text column.
    /// </summary>
    /// <exception cref="ArgumentException">Two columns share a name, or a column marked to be summed holds no numbers.</exception>
    public static ReportTable From<TRow>(string name, IEnumerable<TRow> rows, params ColumnDefinition<TRow>[] columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        var reportColumns = columns.Select(definition => definition.Column).ToList();
        if (reportColumns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
            throw new ArgumentException($"report {name} has two columns named {twice.Key}", nameof(columns));
        if (reportColumns.Find(column => column is { Sum: true, IsNumeric: false }) is { } unsummable)
            throw new ArgumentException($"column {unsummable.Name} holds {unsummable.Kind} and cannot be summed", nameof(columns));

        var reportRows = rows
            .Select(row => new ReportRow([.. columns.Select(definition => definition.Column.Normalize(definition.Value(row)))]))
            .ToList();
        return new ReportTable { Name = name, Columns = reportColumns, Rows = reportRows, Totals = SumOf(reportColumns, reportRows) };
    }

    /// <summary>Index of the column that names what a row is about: the first text column, or −1.</summary>
    internal int SubjectColumn => FirstText(Columns);

    private static ReportRow? SumOf(List<ReportColumn> columns, List<ReportRow> rows)
    {
        if (rows.Count == 0 || !columns.Exists(column => column.Sum))
            return null;

        var subject = FirstText(columns);
        return new ReportRow([.. columns.Select((column, index) => column switch
        {
            // Nothing to sum is not zero.
            { Sum: true } when rows.TrueForAll(row => row[index] is null) => null,
            { Sum: true, Kind: ColumnKind.Integer } => rows.Sum(row => (long?)row[index] ?? 0),
            { Sum: true } => (object)rows.Sum(row => (decimal?)row[index] ?? 0),
            _ when index == subject => "Total",
            _ => null,
        })]);
    }

    private static int FirstText(IReadOnlyList<ReportColumn> columns)
    {
        for (var index = 0; index < columns.Count; index++)
        {
            if (columns[index].Kind == ColumnKind.Text)
                return index;
        }

        return -1;
    }
}
