using System.Net;

namespace OpsKit.Lab.Estate;

internal sealed class LabMachine
{
    public required string Id { get; init; }            // vm-101
    public required string Name { get; set; }
    public required LabVCenter VCenter { get; init; }
    public required LabHost Host { get; set; }
    public string FolderPath { get; set; } = "";        // under the datacenter's vm folder: Prod/Web
    public required string Uuid { get; init; }
    public string InstanceUuid { get; set; } = "";
    public string HardwareVersion { get; set; } = "vmx-07";
    public string GuestId { get; set; } = "rhel6_64Guest";
    public string GuestFullName { get; set; } = "Red Hat Enterprise Linux 6 (64-bit)";
    public bool IsTemplate { get; set; }

    /// <summary><c>poweredOn</c>, <c>poweredOff</c> or <c>suspended</c>.</summary>
    public string PowerState { get; set; } = "poweredOn";
    public int Cpus { get; set; } = 2;
    public int MemoryMb { get; set; } = 4096;
    public bool ToolsRunning { get; set; } = true;
    public IPAddress? Address { get; set; }             // a guest address that answers while the network does
    public List<string> Tags { get; } = [];

    /// <summary>The flag; tracking in fact is per disk (<see cref="LabDisk.ChangeId"/>) and begins with a stun.</summary>
    public bool ChangeTrackingEnabled { get; set; }
    public bool ConsolidationNeeded { get; set; }

    /// <summary>Lab time until which it stands still: a snapshot is made of it or taken off.</summary>
    public TimeSpan StunnedUntil { get; set; }

    /// <summary><c>notConfigured</c>, <c>running</c> and the like: such a machine takes no snapshots.</summary>
    public string FaultToleranceState { get; set; } = "notConfigured";
    public string Annotation { get; set; } = "";
    public DateTimeOffset Modified { get; set; }
    public DateTimeOffset? SuspendTime { get; set; }

    /// <summary>MHz and MB; -1 for no limit.</summary>
    public long CpuLimit { get; set; } = -1;
    public long MemoryLimit { get; set; } = -1;
    public long CpuReservation { get; set; }
    public long MemoryReservation { get; set; }
    public string? PinnedBecause { get; set; }          // passthrough, local disk …: cannot be moved
    public List<LabDisk> Disks { get; } = [];
    public List<LabVNic> Nics { get; } = [];
    public List<LabSnapshot> Snapshots { get; } = [];   // roots
    public LabSnapshot? CurrentSnapshot { get; set; }
    public Dictionary<string, string> ExtraConfig { get; } = new(StringComparer.Ordinal);
    public DateTimeOffset? BootTime { get; set; }
    public int ChangeVersion { get; set; } = 1;

    /// <summary>The demand of its guest, before limits: I/O operations a second and their size in KB.</summary>
    public int DemandIops { get; set; } = 50;
    public int IoSizeKb { get; set; } = 8;
    public string VirtualExecUsage { get; set; } = "hvAuto";
    public string VirtualMmuUsage { get; set; } = "automatic";
}

internal sealed class LabDisk
{
    public required int Key { get; init; }              // 2000
    public required string Label { get; init; }         // Hard disk 1
    public int ControllerKey { get; set; } = 1000;
    public int Unit { get; set; }
    public long CapacityKb { get; set; }
    public required LabDatastore Datastore { get; set; }
    public required string FileName { get; set; }       // [ds1] web01/web01.vmdk
    public string DiskMode { get; set; } = "persistent";
    public bool PhysicalRdm { get; set; }
    public bool ThinProvisioned { get; set; }

    /// <summary>I/O operations a second; -1 for no limit.</summary>
    public long IopsLimit { get; set; } = -1;
    public int Shares { get; set; } = 1000;
    public string SharesLevel { get; set; } = "normal";
    public int Reservation { get; set; }

    /// <summary>Null while blocks are not tracked in fact.</summary>
    public string? ChangeId { get; set; }

    /// <summary>The disk as it is now: what a snapshot keeps.</summary>
    public LabDisk Copy() => (LabDisk)MemberwiseClone();
}

internal sealed class LabVNic
{
    public required int Key { get; init; }              // 4000
    public required string Mac { get; init; }
    public required string PortGroup { get; set; }
    public bool Connected { get; set; } = true;
}

internal sealed class LabSnapshot
{
    public required string Id { get; init; }            // snapshot-201
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public required DateTimeOffset Created { get; init; }
    public bool Quiesced { get; init; }
    public string PowerState { get; init; } = "poweredOn";
    public LabSnapshot? Parent { get; set; }

    /// <summary>Whether it holds the memory, too.</summary>
    public bool WithMemory { get; init; }

    /// <summary>The disks as they were, with their marks of changed block tracking.</summary>
    public IReadOnlyList<LabDisk> Disks { get; init; } = [];
    public List<LabSnapshot> Children { get; } = [];
}
