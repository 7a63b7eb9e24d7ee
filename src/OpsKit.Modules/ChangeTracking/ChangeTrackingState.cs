using OpsKit.Modules.Tasks;
using OpsKit.Modules.VirtualDisks;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>What is seen of a virtual machine and its changed block tracking.</summary>
public sealed record ChangeTrackingState
{
    /// <summary>The machine and its disks.</summary>
    public required MachineDisks Machine { get; init; }

    /// <summary>The flag, <c>config.changeTrackingEnabled</c>: what is wanted, and no proof; null where the server does not say.</summary>
    public bool? Flag { get; init; }

    /// <summary>Whether the server says that the machine can be tracked; null where it does not say.</summary>
    public bool? Supported { get; init; }

    /// <summary>Its hardware version, such as <c>vmx-07</c>; null where the server does not say.</summary>
    public string? HardwareVersion { get; init; }

    /// <summary><c>notConfigured</c>, <c>running</c> and the like; null where the server does not say.</summary>
    public string? FaultTolerance { get; init; }

    /// <summary>The extension that made it and keeps it, such as <c>com.vmware.vim.eam</c>; null for none, and before vSphere 5.0.</summary>
    public string? ManagedBy { get; init; }

    /// <summary>Whether its disks need to be consolidated; null where the server does not say.</summary>
    public bool? ConsolidationNeeded { get; init; }

    /// <summary>The question it waits with for an answer; null for none.</summary>
    public string? Question { get; init; }

    /// <summary>An address of its guest; null where none is known.</summary>
    public string? Address { get; init; }

    /// <summary>Its snapshots, parents first.</summary>
    public IReadOnlyList<SnapshotSeen> Snapshots { get; init; } = [];

    /// <summary>The files of <c>layoutEx</c> that hold changed blocks, such as <c>[ds01] db01/db01-ctk.vmdk</c>; null where the server lists no files.</summary>
    public IReadOnlySet<string>? MapFiles { get; init; }

    /// <summary>The version and build of its host; null where they were not read.</summary>
    public HostBuild? Host { get; init; }

    /// <summary>The datastores of its disks.</summary>
    public IReadOnlyList<DatastoreSpace> Datastores { get; init; } = [];

    /// <summary>Its recent tasks, oldest first.</summary>
    public IReadOnlyList<RecentTask> Tasks { get; init; } = [];
}

/// <summary>A snapshot of a machine.</summary>
/// <param name="Id">Its id, such as <c>snapshot-201</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Created">When it was made; null where the server does not say.</param>
public sealed record SnapshotSeen(string Id, string Name, DateTimeOffset? Created);

/// <summary>What runs on a host.</summary>
/// <param name="Version">Such as <c>5.1.0</c>.</param>
/// <param name="Build">Such as <c>799733</c>.</param>
public sealed record HostBuild(string? Version, string? Build);

/// <summary>A datastore and its space.</summary>
public sealed record DatastoreSpace
{
    /// <summary>Its id in its vCenter, such as <c>datastore-11</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary><c>VMFS</c>, <c>NFS</c> and the like; null where the server does not say.</summary>
    public string? Type { get; init; }

    /// <summary>In bytes; null where the server does not say.</summary>
    public long? CapacityBytes { get; init; }

    /// <summary>In bytes; null where the server does not say.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>Whether hosts reach it; null where the server does not say.</summary>
    public bool? Accessible { get; init; }

    /// <summary>Whether it is a network file system.</summary>
    public bool IsNfs => Type?.StartsWith("NFS", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Free space in percent; null where it cannot be told.</summary>
    public decimal? FreePercent => CapacityBytes is > 0 and var capacity && FreeBytes is { } free ? 100m * free / capacity : null;
}
