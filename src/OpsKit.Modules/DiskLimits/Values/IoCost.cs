namespace OpsKit.Modules.DiskLimits;

/// <summary>What requests cost a scheduler that counts in units of 32 KB, and what a bandwidth is in requests. Pure.</summary>
public static class IoCost
{
    /// <summary>Since ESXi 5.5 a request costs as many operations as it has beginnings of 32 KB: 4 KB cost 1, 40 KB cost 2 (KB 385258).</summary>
    public const int UnitKb = 32;

    /// <summary>How many requests a second a limit lets through.</summary>
    /// <param name="limit">I/O operations a second.</param>
    /// <param name="sizeKb">The size of a request in KB, at least 1.</param>
    public static long Requests(long limit, int sizeKb) => limit / ((sizeKb + UnitKb - 1) / UnitKb);

    /// <summary>The limit that lets through about a bandwidth; at least 1.</summary>
    /// <param name="bytesPerSecond">The bandwidth.</param>
    /// <param name="sizeKb">The size of a request in KB, at least 1.</param>
    /// <param name="rule">How the host counts; where it is not known, requests as they are.</param>
    public static long Limit(long bytesPerSecond, int sizeKb, SchedulerKind rule)
    {
        var requests = bytesPerSecond / (sizeKb * 1024L);
        return Math.Max(1, rule == SchedulerKind.PerDisk ? requests * ((sizeKb + UnitKb - 1) / UnitKb) : requests);
    }
}
