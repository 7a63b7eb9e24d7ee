using System.Globalization;
using OpsKit.Modules.VirtualDisks;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>Whether a disk is tracked in fact, and if not, why. Pure.</summary>
public sealed record DiskTracking
{
    private DiskTracking(VirtualDiskState disk) => Disk = disk;

    /// <summary>The disk.</summary>
    public VirtualDiskState Disk { get; }

    /// <summary>The file of its changed blocks as the server lists it, such as <c>[ds01] db01/db01-ctk.vmdk</c>; null where it lists none.</summary>
    public string? MapFile { get; private init; }

    /// <summary>Whether the server lists the machine's files at all.</summary>
    public bool FilesAreListed { get; private init; }

    /// <summary>Why it cannot be tracked; null where it can.</summary>
    public string? Obstacle { get; private init; }

    /// <summary>Whether it is tracked: it has a <c>changeId</c>, and the file of its changed blocks is there. The flag proves nothing.</summary>
    public bool IsTracked => Disk.ChangeId is not null && (MapFile is not null || !FilesAreListed);

    /// <summary>Whether nothing of tracking is left of it.</summary>
    public bool IsUntracked => Disk.ChangeId is null;

    /// <summary>What is seen of a disk.</summary>
    public static DiskTracking Of(ChangeTrackingState state, VirtualDiskState disk)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(disk);
        return new DiskTracking(disk)
        {
            MapFile = MapOf(disk) is { } file && state.MapFiles?.Contains(file) == true ? file : null,
            FilesAreListed = state.MapFiles is not null,
            Obstacle = ObstacleOf(disk),
        };
    }

    /// <summary>All disks of a machine.</summary>
    public static IReadOnlyList<DiskTracking> Of(ChangeTrackingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. state.Machine.Disks.Select(disk => Of(state, disk))];
    }

    /// <summary>How many of the disks that can be tracked are: <c>1 of 2 disks tracked</c>.</summary>
    public static string Count(IEnumerable<DiskTracking> disks)
    {
        var able = disks.Where(disk => disk.Obstacle is null || disk.Disk.ChangeId is not null).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{able.Count(disk => disk.IsTracked)} of {able.Count} {(able.Count == 1 ? "disk" : "disks")} tracked");
    }

    /// <summary><c>db01-ctk.vmdk</c> is beside <c>db01.vmdk</c>.</summary>
    private static string? MapOf(VirtualDiskState disk) =>
        disk.FileName is { } file && file.EndsWith(".vmdk", StringComparison.OrdinalIgnoreCase) ? $"{file[..^".vmdk".Length]}-ctk.vmdk" : null;

    /// <summary>KB 1020128: I/O must go through the host's storage stack, disks must take part in snapshots, and their bus must be the machine's own.</summary>
    private static string? ObstacleOf(VirtualDiskState disk) => disk switch
    {
        { IsPhysicalRdm: true } => "it is a raw device in physical mode",
        { IsIndependent: true } => "it is independent of snapshots",
        { SharedBus: "virtualSharing" or "physicalSharing" } => "its SCSI bus is shared",
        { Sharing: "sharingMultiWriter" } => "it is written to by several machines",
        { Backing: "VirtualDiskFlatVer1BackingInfo" or "VirtualDiskSparseVer1BackingInfo" or "VirtualDiskPartitionedRawDiskVer2BackingInfo" or "VirtualDiskLocalPMemBackingInfo" } => "its kind of disk has no tracking",
        _ => null,
    };
}
