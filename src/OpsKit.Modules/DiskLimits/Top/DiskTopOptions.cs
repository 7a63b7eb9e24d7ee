namespace OpsKit.Modules.DiskLimits;

/// <summary>What the list of the busiest disks is sorted by.</summary>
public enum TopBy
{
    /// <summary>Requests a second.</summary>
    Iops,

    /// <summary>KB a second.</summary>
    Throughput,

    /// <summary>Milliseconds the slower kind of request takes.</summary>
    Latency,
}

/// <summary>What the list of the busiest disks shows.</summary>
public sealed record DiskTopOptions
{
    /// <summary>The order, the greatest first.</summary>
    public TopBy By { get; init; }

    /// <summary>The time the figures are the average of: 20 s, which is one sample, to 1 h; rounded up to samples. Default 20 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many disks; 0 for all. Default 20.</summary>
    public int Count { get; init; } = 20;

    /// <summary>How many samples that is.</summary>
    internal int Samples => (int)Math.Ceiling(Interval / DiskLoadReader.Sample);
}
