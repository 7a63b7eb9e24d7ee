namespace OpsKit.Modules.Licensing;

/// <summary>The most vRAM a pool used on one day, as far as anyone looked.</summary>
public sealed record VramMark
{
    /// <summary>The day, in UTC: the same everywhere an estate reaches, and never 23 or 25 hours long.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The pool it is of.</summary>
    public required VramSeries Series { get; init; }

    /// <summary>The licence's display name when the day was last recorded.</summary>
    public required string LicenseType { get; init; }

    /// <summary>The highest use recorded on the day, in MB.</summary>
    public required long UsedMB { get; init; }

    /// <summary>The pool's entitlement when the day was last recorded.</summary>
    public required VramQuota Entitled { get; init; }

    /// <summary>When the highest use was seen.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Both observations of one day: the higher use, the later entitlement.</summary>
    /// <param name="later">The later observation of the same pool and day.</param>
    public VramMark With(VramMark later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return later.UsedMB > UsedMB ? later : later with { UsedMB = UsedMB, At = At };
    }
}

/// <summary>What a history is of: a pool counted by one table.</summary>
/// <param name="Site">The vCenter or Linked Mode group.</param>
/// <param name="Edition">The pool's edition.</param>
/// <param name="PoolHost">The host that is a pool of its own, or empty.</param>
/// <param name="Table">The entitlement table; another one caps differently and makes other marks.</param>
public sealed record VramSeries(string Site, string Edition, string PoolHost, string Table);
