namespace OpsKit.Engine.Reports;

/// <summary>One row of a report: a value for each column, in their order.</summary>
/// <param name="Values">The values as <see cref="ReportColumn.Normalize"/> stores them; null where there is none.</param>
public sealed record ReportRow(IReadOnlyList<object?> Values)
{
    /// <summary>The value in the column at <paramref name="index"/>.</summary>
    public object? this[int index] => Values[index];

    /// <inheritdoc/>
    public bool Equals(ReportRow? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Aggregate(17, HashCode.Combine);
}

/// <summary>Something the report should cover and could not: it is listed, never dropped.</summary>
/// <param name="Target">The endpoint or object.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record NotAssessed(string Target, string Reason);
