namespace OpsKit.Modules.Vibs;

/// <summary>Which installed VIBs are listed, and how.</summary>
public sealed record VibListOptions
{
    /// <summary>Names or globs (<c>net-*</c>) of VIBs; empty for all of them.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>A row a VIB and a column a host, instead of a row for each of both.</summary>
    public bool Pivot { get; init; }

    /// <summary>Only VIBs that are not the same on all hosts.</summary>
    public bool Drift { get; init; }
}
