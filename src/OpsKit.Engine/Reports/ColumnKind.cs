namespace OpsKit.Engine.Reports;

/// <summary>What a column holds; decides how its values are stored, aligned and written.</summary>
public enum ColumnKind
{
    /// <summary>Text, a <see cref="string"/>.</summary>
    Text,

    /// <summary>A whole number, a <see cref="long"/>.</summary>
    Integer,

    /// <summary>A number with a fixed count of decimals, a <see cref="decimal"/> rounded to <see cref="ReportColumn.Digits"/>.</summary>
    Decimal,

    /// <summary>A share in percent (12.5 means 12.5 %), a <see cref="decimal"/> rounded to <see cref="ReportColumn.Digits"/>.</summary>
    Percent,

    /// <summary>Yes or no, a <see cref="bool"/>.</summary>
    Boolean,

    /// <summary>A moment, a <see cref="DateTimeOffset"/>; written in UTC as ISO 8601 with seconds.</summary>
    Timestamp,

    /// <summary>A day, a <see cref="DateOnly"/>; written as <c>yyyy-MM-dd</c>.</summary>
    Date,
}
