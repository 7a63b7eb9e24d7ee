using OpsKit.Modules.VirtualDisks;

namespace OpsKit.Modules.DiskLimits;

/// <summary>What is wanted of one disk.</summary>
/// <param name="Disk">The disk as it is.</param>
internal sealed record DiskWish(VirtualDiskState Disk)
{
    /// <summary>Whether its limit is to be <see cref="Limit"/>.</summary>
    public bool SetsLimit { get; init; }

    /// <summary>I/O operations a second; null for none.</summary>
    public long? Limit { get; init; }

    /// <summary>Whether its bandwidth cap is to be <see cref="Cap"/>.</summary>
    public bool SetsCap { get; init; }

    /// <summary>The cap as the parameter has it; null for none.</summary>
    public string? Cap { get; init; }

    public static DiskWish ToLimit(VirtualDiskState disk, long? limit) => new(disk) { SetsLimit = true, Limit = limit };

    /// <summary>What of it is not so already; null where all of it is.</summary>
    public DiskWish? Changing(LimitedMachine machine)
    {
        var left = this with
        {
            SetsLimit = SetsLimit && Disk.IopsLimit != Limit,
            SetsCap = SetsCap && (Disk.Slot is { } slot ? machine.BandwidthCaps.GetValueOrDefault(slot) : null) != Cap,
        };
        return left.SetsLimit || left.SetsCap ? left : null;
    }
}
