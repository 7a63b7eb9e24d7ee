using OpsKit.Engine.Verbs;
using OpsKit.Modules.ChangeTracking;
using OpsKit.Modules.Tasks;
using OpsKit.Modules.VirtualDisks;
using OpsKit.Vim25;

namespace OpsKit.Modules.Tests.ChangeTracking;

/// <summary>Machines as they are seen.</summary>
internal static class Seen
{
    public const string Epoch = "52 2d 7b 8f ac 61 51 cc-77 4c 7b ec 91 50 bb 7b";

    public static readonly DateTimeOffset Now = new(2026, 1, 31, 22, 0, 0, TimeSpan.Zero);

    public static Target Target { get; } = new() { Kind = TargetKind.VirtualMachine, Name = "db01", VCenter = "vc1", Reference = new ManagedObjectReference("VirtualMachine", "vm-101") };

    public static VirtualDiskState Disk(int number, bool tracked = false, long gigabytes = 40) => new()
    {
        Key = 1999 + number,
        Label = $"Hard disk {number}",
        Slot = $"scsi0:{number - 1}",
        SharedBus = "noSharing",
        Datastore = "ds01",
        DatastoreId = "datastore-11",
        FileName = FileOf(number),
        CapacityBytes = gigabytes << 30,
        Backing = "VirtualDiskFlatVer2BackingInfo",
        Mode = "persistent",
        ChangeId = tracked ? $"{Epoch}/{number}" : null,
    };

    public static string MapOf(int number) => $"[ds01] db01/db01_{number}-ctk.vmdk";

    /// <summary>A machine that runs, is not tracked, and has nothing in its way.</summary>
    public static ChangeTrackingState Machine(params VirtualDiskState[] disks) => new()
    {
        Machine = new MachineDisks
        {
            VCenter = "vc1", Reference = Target.Reference!, Name = "db01", PowerState = "poweredOn", ConnectionState = "connected", Host = "esx01", HostId = "host-21",
            Disks = disks.Length > 0 ? disks : [Disk(1), Disk(2)],
        },
        Flag = false,
        Supported = true,
        HardwareVersion = "vmx-13",
        FaultTolerance = "notConfigured",
        ConsolidationNeeded = false,
        Address = "192.0.2.7",
        MapFiles = new HashSet<string>(StringComparer.Ordinal),
        Host = new HostBuild("8.0.2", "22380479"),
        Datastores = [Datastore],
    };

    /// <summary>As <see cref="Machine"/>, tracked in fact.</summary>
    public static ChangeTrackingState Tracked => Machine(Disk(1, tracked: true), Disk(2, tracked: true)) with { Flag = true, MapFiles = new HashSet<string>([MapOf(1), MapOf(2)], StringComparer.Ordinal) };

    public static DatastoreSpace Datastore { get; } = new() { Id = "datastore-11", Name = "ds01", Type = "VMFS", CapacityBytes = 1000L << 30, FreeBytes = 400L << 30, Accessible = true };

    public static ChangeTrackingState In(this ChangeTrackingState state, string power) => state with { Machine = state.Machine with { PowerState = power } };

    public static ChangeTrackingState With(this ChangeTrackingState state, params SnapshotSeen[] snapshots) => state with { Snapshots = snapshots };

    public static SnapshotSeen Snapshot(string name, double hours = 1) => new("snapshot-201", name, Now - TimeSpan.FromHours(hours));

    public static RecentTask Task(string id, string operation, RecentTaskState state = RecentTaskState.UnderWay, string? error = null) => new(id, operation, state, error);

    private static string FileOf(int number) => $"[ds01] db01/db01_{number}.vmdk";
}
