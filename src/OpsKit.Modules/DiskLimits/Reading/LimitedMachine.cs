using OpsKit.Modules.VirtualDisks;

namespace OpsKit.Modules.DiskLimits;

/// <summary>What is seen of a virtual machine's disks and of what limits them.</summary>
public sealed record LimitedMachine
{
    /// <summary>The machine with its disks.</summary>
    public required MachineDisks Machine { get; init; }

    /// <summary>How its host enforces limits.</summary>
    public required SchedulerRule Rule { get; init; }

    /// <summary>A host of its cluster that enforces limits in another way, with its rule, such as <c>esx05 (ESXi 5.1, before 5.5)</c>: a migration there changes what limits come to. Null for none.</summary>
    public string? OtherwiseOn { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Bandwidth caps of its advanced parameters by slot, such as <c>scsi0:1</c>, as they are written; those that say "off" are left out.</summary>
    public IReadOnlyDictionary<string, string> BandwidthCaps { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The limits its cluster takes; null where the server does not tell or was not asked.</summary>
    public LimitRange? Range { get; init; }

    /// <summary>What its disks do, by slot; null where it was not asked for.</summary>
    public IReadOnlyDictionary<string, DiskLoad>? Loads { get; init; }
}
