namespace OpsKit.Modules.VirtualDisks;

/// <summary>What is seen of one virtual disk of a machine.</summary>
public sealed record VirtualDiskState
{
    /// <summary>The device's key, such as 2000; unique in its machine while the device is there.</summary>
    public required int Key { get; init; }

    /// <summary>The label people see, such as <c>Hard disk 2</c>; in the language of the server. <c>disk 2000</c> where the server sends none.</summary>
    public required string Label { get; init; }

    /// <summary>Where it hangs, as the configuration file and the performance counters write it: <c>scsi0:1</c>, <c>ide0:0</c>, <c>sata0:1</c>, <c>nvme0:0</c>; null where its controller is not known.</summary>
    public string? Slot { get; init; }

    /// <summary>The type of its controller, such as <c>ParaVirtualSCSIController</c>; null where the server names none.</summary>
    public string? Controller { get; init; }

    /// <summary><c>noSharing</c>, <c>virtualSharing</c> or <c>physicalSharing</c>; null for a bus that is not SCSI.</summary>
    public string? SharedBus { get; init; }

    /// <summary>The name of the datastore its file, or the mapping file of its raw device, is on; null where it is in no file.</summary>
    public string? Datastore { get; init; }

    /// <summary>The datastore's id in its vCenter, such as <c>datastore-11</c>; null where the server names none.</summary>
    public string? DatastoreId { get; init; }

    /// <summary>Its file, such as <c>[ds01] db01/db01_1.vmdk</c>; with snapshots, the link that is written to. Null where it is in no file.</summary>
    public string? FileName { get; init; }

    /// <summary>The files below that link of the chain, the next one first; empty without snapshots.</summary>
    public IReadOnlyList<string> ParentFiles { get; init; } = [];

    /// <summary>In bytes; null where the server does not say.</summary>
    public long? CapacityBytes { get; init; }

    /// <summary>What is behind it, by the name of its type, such as <c>VirtualDiskFlatVer2BackingInfo</c>; null where nothing is.</summary>
    public string? Backing { get; init; }

    /// <summary><c>persistent</c>, <c>independent_persistent</c> and the like; null where the server does not say.</summary>
    public string? Mode { get; init; }

    /// <summary><c>physicalMode</c> or <c>virtualMode</c> of a raw device mapping; null for anything else.</summary>
    public string? CompatibilityMode { get; init; }

    /// <summary><c>sharingMultiWriter</c> or <c>sharingNone</c>; null where the server does not say.</summary>
    public string? Sharing { get; init; }

    /// <summary>Where changed block tracking stands, such as <c>52 2d … 7b/1</c>; null while blocks are not tracked in fact.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The disk's own id; null where the server does not say.</summary>
    public string? Uuid { get; init; }

    /// <summary>I/O operations a second; null for no limit. Servers say that by −1, by nothing at all, and some by a greatest number.</summary>
    public long? IopsLimit { get; init; }

    /// <summary>Its shares, 200 to 4000; null where the server does not say.</summary>
    public int? Shares { get; init; }

    /// <summary><c>low</c>, <c>normal</c>, <c>high</c> or <c>custom</c>; null where the server does not say.</summary>
    public string? SharesLevel { get; init; }

    /// <summary>I/O operations a second that are kept for it, from vSphere 5.5; null where the server does not say.</summary>
    public int? Reservation { get; init; }

    /// <summary>Whether it is independent of snapshots.</summary>
    public bool IsIndependent => Mode?.StartsWith("independent", StringComparison.Ordinal) == true;

    /// <summary>Whether the guest talks to the raw device itself.</summary>
    public bool IsPhysicalRdm => CompatibilityMode == "physicalMode";

    /// <summary>Label and slot: <c>Hard disk 2 (scsi0:1)</c>.</summary>
    public string Name => Slot is null ? Label : $"{Label} ({Slot})";
}
