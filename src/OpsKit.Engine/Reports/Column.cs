namespace OpsKit.Engine.Reports;

/// <summary>A column together with where its values come from.</summary>
/// <typeparam name="TRow">The row type.</typeparam>
/// <param name="Column">The column.</param>
/// <param name="Value">Reads the value from a row.</param>
public sealed record ColumnDefinition<TRow>(ReportColumn Column, Func<TRow, object?> Value)
{
    /// <summary>The same as one of those that are left out first where a terminal is too narrow for all (<see cref="ReportColumn.Lesser"/>).</summary>
    public ColumnDefinition<TRow> AsLesser() => this with { Column = Column with { Lesser = true } };
}

/// <summary>Makes column definitions of a row type.</summary>
/// <typeparam name="TRow">The row type.</typeparam>
/// <remarks>Write <c>using Column = OpsKit.Engine.Reports.Column&lt;MyRow&gt;;</c> and then <c>Column.Text("vCenter", r => r.VCenter)</c>.</remarks>
#pragma warning disable CA1000 // The type argument is named once, in the alias, instead of at every column.
public static class Column<TRow>
{
    /// <summary>A text column.</summary>
    public static ColumnDefinition<TRow> Text(string name, Func<TRow, string?> value, string? description = null) =>
        new(new ReportColumn(name, ColumnKind.Text, Description: description), value);

    /// <summary>A column of whole numbers.</summary>
    public static ColumnDefinition<TRow> Integer(
        string name, Func<TRow, long?> value, string? unit = null, string? description = null, bool sum = false) =>
        new(new ReportColumn(name, ColumnKind.Integer, unit, description, 0, sum), row => value(row));

    /// <summary>A column of numbers with a fixed count of decimals.</summary>
    public static ColumnDefinition<TRow> Decimal(
        string name, Func<TRow, decimal?> value, string? unit = null, string? description = null, int digits = 1, bool sum = false) =>
        new(new ReportColumn(name, ColumnKind.Decimal, unit, description, digits, sum), row => value(row));

    /// <summary>A column of shares in percent; 12.5 means 12.5 %.</summary>
    public static ColumnDefinition<TRow> Percent(string name, Func<TRow, decimal?> value, string? description = null, int digits = 1) =>
        new(new ReportColumn(name, ColumnKind.Percent, "%", description, digits), row => value(row));

    /// <summary>A column of yes and no.</summary>
    public static ColumnDefinition<TRow> Boolean(string name, Func<TRow, bool?> value, string? description = null) =>
        new(new ReportColumn(name, ColumnKind.Boolean, Description: description), row => value(row));

    /// <summary>A column of moments.</summary>
    public static ColumnDefinition<TRow> Timestamp(string name, Func<TRow, DateTimeOffset?> value, string? description = null) =>
        new(new ReportColumn(name, ColumnKind.Timestamp, Description: description), row => value(row));

    /// <summary>A column of days.</summary>
    public static ColumnDefinition<TRow> Date(string name, Func<TRow, DateOnly?> value, string? description = null) =>
        new(new ReportColumn(name, ColumnKind.Date, Description: description), row => value(row));
}
#pragma warning restore CA1000
