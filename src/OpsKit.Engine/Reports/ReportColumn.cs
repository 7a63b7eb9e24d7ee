namespace OpsKit.Engine.Reports;

/// <summary>A column of a report.</summary>
/// <param name="Name">Header in the CSV and key in the JSON: a contract with scripts, without blanks or units, named as PowerCLI names it.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Unit">Unit of its numbers (<c>GB</c>, <c>s</c>), or null. Percent columns need none.</param>
/// <param name="Description">One sentence for readers of the JSON, or null.</param>
/// <param name="Digits">Decimals of <see cref="ColumnKind.Decimal"/> and <see cref="ColumnKind.Percent"/>. Range 0–6, default 1.</param>
/// <param name="Sum">Whether the totals row sums this column (numbers only).</param>
public sealed record ReportColumn(
    string Name,
    ColumnKind Kind,
    string? Unit = null,
    string? Description = null,
    int Digits = 1,
    bool Sum = false)
{
    /// <summary>Whether it is one of those that are left out first where a terminal is too narrow for all. Files and pipes have it always. Default false.</summary>
    public bool Lesser { get; init; }

    /// <summary>Whether values are numbers.</summary>
    public bool IsNumeric => Kind is ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Percent;

    /// <summary>
    /// A value as this column stores it: whole numbers as <see cref="long"/>, decimals rounded to <see cref="Digits"/> (half away from
    /// zero), so that every view of the report shows, and every total sums, the same numbers.
    /// </summary>
    /// <exception cref="ArgumentException">The value is of a type this kind of column does not hold.</exception>
    public object? Normalize(object? value) => (Kind, value) switch
    {
        (_, null) => null,
        (ColumnKind.Text, string text) => text,
        (ColumnKind.Integer, long number) => number,
        (ColumnKind.Integer, int number) => (long)number,
        (ColumnKind.Decimal or ColumnKind.Percent, decimal number) => Math.Round(number, Digits, MidpointRounding.AwayFromZero),
        (ColumnKind.Boolean, bool flag) => flag,
        (ColumnKind.Timestamp, DateTimeOffset moment) => moment,
        (ColumnKind.Date, DateOnly day) => day,
        _ => throw new ArgumentException($"column {Name} holds {Kind}, not {value.GetType().Name}", nameof(value)),
    };

    /// <summary>A value as text, the same in a table and in CSV: fixed decimals, ISO 8601 moments and days; null is empty.</summary>
    public string Format(object? value) => value switch
    {
        null => "",
        decimal number => number.ToString(NumberFormat),
        bool flag => flag ? "True" : "False",
        DateTimeOffset moment => moment.UtcDateTime.ToString(MomentFormat),
        DateOnly day => day.ToString("yyyy-MM-dd"),
        _ => value.ToString() ?? "",
    };

    internal const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    internal string NumberFormat => $"F{Digits}";
}
