using OpsKit.Vim25.Types;

namespace OpsKit.Modules.VirtualDisks;

/// <summary>What is behind a disk, whatever its kind: the kinds have the same fields without a base that has them. Pure.</summary>
internal sealed record DiskBacking
{
    public string? Mode { get; private init; }

    public string? ChangeId { get; private init; }

    public string? Uuid { get; private init; }

    public string? CompatibilityMode { get; private init; }

    public string? Sharing { get; private init; }

    /// <summary>The next link of a chain of snapshots.</summary>
    public VirtualDeviceFileBackingInfo? Parent { get; private init; }

    public static DiskBacking Of(VirtualDeviceBackingInfo? backing) => backing switch
    {
        VirtualDiskFlatVer2BackingInfo flat => new() { Mode = flat.DiskMode, ChangeId = Said(flat.ChangeId), Uuid = Said(flat.Uuid), Sharing = Said(flat.Sharing), Parent = flat.Parent },
        VirtualDiskSeSparseBackingInfo sparse => new() { Mode = sparse.DiskMode, ChangeId = Said(sparse.ChangeId), Uuid = Said(sparse.Uuid), Parent = sparse.Parent },
        VirtualDiskSparseVer2BackingInfo sparse => new() { Mode = sparse.DiskMode, ChangeId = Said(sparse.ChangeId), Uuid = Said(sparse.Uuid), Parent = sparse.Parent },
        VirtualDiskRawDiskMappingVer1BackingInfo raw => new()
        {
            Mode = raw.DiskMode, ChangeId = Said(raw.ChangeId), Uuid = Said(raw.Uuid), CompatibilityMode = Said(raw.CompatibilityMode), Sharing = Said(raw.Sharing), Parent = raw.Parent,
        },
        VirtualDiskRawDiskVer2BackingInfo raw => new() { ChangeId = Said(raw.ChangeId), Uuid = Said(raw.Uuid), Sharing = Said(raw.Sharing) },
        VirtualDiskFlatVer1BackingInfo flat => new() { Mode = flat.DiskMode, Parent = flat.Parent },
        VirtualDiskSparseVer1BackingInfo sparse => new() { Mode = sparse.DiskMode, Parent = sparse.Parent },
        VirtualDiskLocalPMemBackingInfo memory => new() { Mode = memory.DiskMode, Uuid = Said(memory.Uuid) },
        _ => new(),
    };

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
