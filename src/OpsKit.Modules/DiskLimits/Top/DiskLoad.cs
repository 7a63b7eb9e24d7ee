namespace OpsKit.Modules.DiskLimits;

/// <summary>What a disk did over some samples of its real-time counters, on average.</summary>
public sealed record DiskLoad
{
    /// <summary>Read requests a second.</summary>
    public required decimal Reads { get; init; }

    /// <summary>Write requests a second.</summary>
    public required decimal Writes { get; init; }

    /// <summary>KB read a second.</summary>
    public required decimal ReadKb { get; init; }

    /// <summary>KB written a second.</summary>
    public required decimal WriteKb { get; init; }

    /// <summary>Milliseconds a read took; null where the server does not say.</summary>
    public decimal? ReadLatency { get; init; }

    /// <summary>Milliseconds a write took; null where the server does not say.</summary>
    public decimal? WriteLatency { get; init; }

    /// <summary>How many samples of 20 s it is the average of.</summary>
    public required int Samples { get; init; }

    /// <summary>The end of the last of them, by the server's clock.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Requests a second.</summary>
    public decimal Iops => Reads + Writes;

    /// <summary>KB a second.</summary>
    public decimal Kb => ReadKb + WriteKb;

    /// <summary>The longer of the two latencies: what the slower kind of request waits.</summary>
    public decimal? Latency => ReadLatency is { } read && WriteLatency is { } write ? Math.Max(read, write) : ReadLatency ?? WriteLatency;

    /// <summary>KB a request; null where there was none.</summary>
    public decimal? RequestKb => Iops > 0 ? Kb / Iops : null;
}
