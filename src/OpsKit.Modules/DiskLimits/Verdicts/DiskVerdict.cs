using OpsKit.Modules.VirtualDisks;

namespace OpsKit.Modules.DiskLimits;

/// <summary>What a limit comes to.</summary>
public enum LimitVerdict
{
    /// <summary>The disk has no limit, nor have the machine's others on the datastore.</summary>
    NoLimit,

    /// <summary>The disk has a limit and is held to it.</summary>
    Enforced,

    /// <summary>The disk and the machine's others on the datastore share the sum of their limits; one of them alone may use all of it.</summary>
    Summed,

    /// <summary>The disk is held to its own limit, whatever the machine's others have.</summary>
    PerDisk,

    /// <summary>The disk has a limit that is not enforced, since another of the machine's disks on the datastore has none.</summary>
    NotEnforced,

    /// <summary>The disk has no limit and voids those of the machine's others on the datastore.</summary>
    Voids,

    /// <summary>It depends on a rule that the host did not tell.</summary>
    Undecided,
}

/// <summary>The verdict on one disk.</summary>
public sealed record DiskVerdict
{
    /// <summary>The disk.</summary>
    public required VirtualDiskState Disk { get; init; }

    /// <summary>Its limit in I/O operations a second; null for none. In a plan, the one wanted.</summary>
    public required long? Limit { get; init; }

    /// <summary>The verdict.</summary>
    public required LimitVerdict Verdict { get; init; }

    /// <summary>What the machine may do on the disk's datastore, in I/O operations a second: the sum of the limits; null where one of its disks there has none.</summary>
    public required long? Sum { get; init; }

    /// <summary>How many disks of the machine on the datastore have a limit.</summary>
    public required int Limited { get; init; }

    /// <summary>The machine's disks on the datastore.</summary>
    public required IReadOnlyList<VirtualDiskState> Together { get; init; }

    /// <summary>Those of them that have no limit.</summary>
    public required IReadOnlyList<VirtualDiskState> Unlimited { get; init; }

    /// <summary>The verdict in two words or three.</summary>
    public string Words => Verdict switch
    {
        LimitVerdict.NoLimit => "no limit",
        LimitVerdict.Enforced => "enforced",
        LimitVerdict.Summed => "summed",
        LimitVerdict.PerDisk => "per disk",
        LimitVerdict.NotEnforced => "not enforced",
        LimitVerdict.Voids => "voids the others",
        _ => "not known",
    };
}
