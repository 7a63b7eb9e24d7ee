using OpsKit.Engine.Verbs;
using OpsKit.Modules.DiskLimits;
using OpsKit.Modules.VirtualDisks;
using OpsKit.Vim25;

namespace OpsKit.Modules.Tests.DiskLimits;

/// <summary>Machines for the tests of plans and verdicts.</summary>
internal static class Machines
{
    public static readonly SchedulerRule Summed = new(SchedulerKind.Summed, "ESXi 5.1, before 5.5");
    public static readonly SchedulerRule PerDisk = new(SchedulerKind.PerDisk, "ESXi 8.0");
    public static readonly SchedulerRule Unknown = new(SchedulerKind.Unknown, "ESXi 8.0, whose settings cannot be read");

    public static readonly Target Target = new() { Kind = TargetKind.VirtualMachine, Name = "db01", VCenter = "vc1", Reference = new ManagedObjectReference("VirtualMachine", "vm-1") };

    /// <summary>A machine that runs; its disks are written <c>datastore:limit</c>, the limit being <c>-</c> for none.</summary>
    public static LimitedMachine Of(SchedulerRule rule, params string[] disks) => new()
    {
        Rule = rule,
        Range = new LimitRange(16, int.MaxValue),
        Machine = new MachineDisks
        {
            VCenter = "vc1",
            Reference = Target.Reference!,
            Name = "db01",
            Host = "esx01",
            HostId = "host-1",
            PowerState = "poweredOn",
            ConnectionState = "connected",
            Disks = [.. disks.Select((disk, place) => Disk(place, disk.Split(':')[0], disk.Split(':')[1] is "-" ? null : long.Parse(disk.Split(':')[1])))],
        },
    };

    public static LimitedMachine With(this LimitedMachine machine, Func<MachineDisks, MachineDisks> change) => machine with { Machine = change(machine.Machine) };

    public static VirtualDiskState Disk(int place, string datastore, long? limit) => new()
    {
        Key = 2000 + place, Label = $"Hard disk {place + 1}", Slot = $"scsi0:{place}", Datastore = datastore, DatastoreId = $"datastore-{datastore}", FileName = $"[{datastore}] db01/db01_{place}.vmdk", IopsLimit = limit,
    };

    public static DiskLoad Load(decimal iops) => new() { Reads = iops / 4, Writes = iops * 3 / 4, ReadKb = iops * 2, WriteKb = iops * 6, ReadLatency = 3, WriteLatency = 5, Samples = 1, Until = new DateTimeOffset(2012, 3, 1, 22, 0, 0, TimeSpan.Zero) };
}
