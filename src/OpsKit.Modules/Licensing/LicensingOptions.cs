namespace OpsKit.Modules.Licensing;

/// <summary>What the vRAM report counts.</summary>
public sealed record VramOptions
{
    /// <summary>Entitlement table to count by; null for the tables' default (<c>2011-08</c>).</summary>
    public string? AsOf { get; init; }

    /// <summary>
    /// Count secondaries of Fault Tolerance pairs in their pool. Off by default: no rule of the vendor was found, so they stand on their own line.
    /// </summary>
    public bool IncludeFaultToleranceSecondaries { get; init; }

    /// <summary>Show licence keys in full. Off by default.</summary>
    public bool ShowKeys { get; init; }
}

/// <summary>The rows a vRAM report shows.</summary>
public enum VramDetail
{
    /// <summary>A row for each pool.</summary>
    Pool,

    /// <summary>A row for each host of a pool.</summary>
    Host,

    /// <summary>A row for each virtual machine.</summary>
    Machine,

    /// <summary>A row for each licence key: what the entitlements are made of.</summary>
    Key,
}

/// <summary>The rows a core report shows.</summary>
public enum CoreDetail
{
    /// <summary>A row for each host.</summary>
    Host,

    /// <summary>A row for each cluster.</summary>
    Cluster,
}
