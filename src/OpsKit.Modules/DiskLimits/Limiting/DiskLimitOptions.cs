namespace OpsKit.Modules.DiskLimits;

/// <summary>What a step does to machines' disks: set limits, take them off, or put back what an undo file has.</summary>
public sealed record DiskLimitOptions
{
    /// <summary>The disks, as operators call them; empty for all of each machine.</summary>
    public IReadOnlyList<string> Disks { get; init; } = [];

    /// <summary>The limit of each disk in I/O operations a second; null for none of it.</summary>
    public long? Iops { get; init; }

    /// <summary>The bandwidth cap of each disk in bytes a second, for machines that are switched off; null for none of it.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>The size of a request in KB by which a bandwidth is told in operations: 1 to 65536. Default 64.</summary>
    public int IoSizeKb { get; init; } = 64;

    /// <summary>Whether limits and caps are taken off.</summary>
    public bool Clear { get; init; }

    /// <summary>
    /// Where the host adds limits: whether the machine's other disks on the datastore get one, too, so that all of them together do <see cref="Iops"/>. Else the
    /// limit of one of several disks is not enforced there.
    /// </summary>
    public bool Enforce { get; init; }

    /// <summary>Only disks that do at least so many I/O operations a second now; null for all.</summary>
    public long? Above { get; init; }

    /// <summary>How long counters are read before and after, 20 s to 10 min; zero for not at all.</summary>
    public TimeSpan Prove { get; init; }

    /// <summary>An undo file whose values are put back; null for none.</summary>
    public string? Undo { get; init; }
}
