using CsvHelper;

namespace OpsKit.Engine.Reports;

/// <summary>How CSV is written.</summary>
public sealed record CsvReportOptions
{
    /// <summary>Start with a byte-order mark, which Excel needs to read UTF-8 on a double-click. Default false: most other tools trip over it.</summary>
    public bool ByteOrderMark { get; init; }
}

/// <summary>
/// Writes a report's rows as CSV: UTF-8, a header, comma, RFC 4180 quoting. Lines end in LF: Excel, PowerShell and databases read both, and
/// <c>cut</c> and <c>awk</c> would keep a CR in the last field.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Text that a spreadsheet would run as a formula (it starts with <c>= + - @</c>, tab, CR or LF) gets an apostrophe in front. Numbers,
/// negative ones too, stay numbers.</item>
/// <item>The last column, <c>NotAssessed</c>, is empty for a row of the report. A target that could not be assessed has a line of its own:
/// its name in the first text column, the reason in <c>NotAssessed</c>, nothing else.</item>
/// <item>Totals and notes are left out: a consumer sums the rows itself. The JSON and the table have them.</item>
/// </list>
/// </remarks>
public static class CsvReportWriter
{
    /// <summary>Name of the last column.</summary>
    public const string NotAssessedColumn = "NotAssessed";

    private static readonly CsvWriterOptions Plain = new()
    {
        NewLine = "\n",
        Injection = CsvInjection.Escape,
        InjectionCharacters = "=+-@\t\r\n",
        // Spreadsheets in half of Europe split at semicolons, and some at tabs: quotes keep such text whole, and its tail from becoming a formula.
        ShouldQuote = static (field, _, _, _) => field.ContainsAny(';', '\t'),
    };

    private static readonly CsvWriterOptions WithByteOrderMark = Plain with { WriteByteOrderMark = true };

    /// <summary>Writes the report.</summary>
    /// <param name="table">The report.</param>
    /// <param name="output">Receives UTF-8; left open.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static void Write(ReportTable table, Stream output, CsvReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var csv = CsvWriter.Create(output, options?.ByteOrderMark == true ? WithByteOrderMark : Plain, leaveOpen: true);
        foreach (var column in table.Columns)
            csv.WriteField(column.Name);
        csv.WriteField(NotAssessedColumn);
        csv.EndRecord();

        foreach (var row in table.Rows)
            WriteRow(csv, table.Columns, row);
        foreach (var missing in table.NotAssessed)
            WriteMissing(csv, table, missing);
        csv.Flush();
    }

    private static void WriteRow(CsvWriter csv, IReadOnlyList<ReportColumn> columns, ReportRow row)
    {
        for (var index = 0; index < columns.Count; index++)
        {
            switch (row[index])
            {
                case long number: csv.WriteField(number); break;
                case decimal number: csv.WriteField(number, columns[index].NumberFormat); break;
                case bool flag: csv.WriteField(flag); break;
                case DateTimeOffset moment: csv.WriteField(moment.ToUniversalTime(), ReportColumn.MomentFormat); break;
                case DateOnly day: csv.WriteField(day); break;
                case var text: csv.WriteField((string?)text); break;
            }
        }

        csv.WriteField("");
        csv.EndRecord();
    }

    private static void WriteMissing(CsvWriter csv, ReportTable table, NotAssessed missing)
    {
        var subject = table.SubjectColumn;
        for (var index = 0; index < table.Columns.Count; index++)
            csv.WriteField(index == subject ? missing.Target : "");

        csv.WriteField(subject < 0 ? $"{missing.Target}: {missing.Reason}" : missing.Reason);
        csv.EndRecord();
    }
}
