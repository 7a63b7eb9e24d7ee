using System.Globalization;
using OpsKit.Engine.Reports;
using ByDatastoreColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.DiskLimits.LimitTables.OnDatastore>;
using ByMachineColumn = OpsKit.Engine.Reports.Column<System.Collections.Generic.IReadOnlyList<OpsKit.Modules.DiskLimits.JudgedDisk>>;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Modules.DiskLimits.JudgedDisk>;

namespace OpsKit.Modules.DiskLimits;

/// <summary>The tables of the report on limits. Pure.</summary>
internal static class LimitTables
{
    private const string Name = "disk-limits";

    public static ReportTable ByDisk(IEnumerable<JudgedDisk> rows, bool onlyLimited) => ReportTable.From(
        Name,
        rows.Where(row => !onlyLimited || row.Verdict.Limit is not null || row.BandwidthCap is not null),
        Column.Text("VM", row => row.Machine.Machine.Name),
        Column.Text("HardDisk", row => row.Verdict.Disk.Label),
        Column.Text("Slot", row => row.Verdict.Disk.Slot).AsLesser(),
        Column.Text("Datastore", row => row.Verdict.Disk.Datastore),
        Column.Integer("DiskLimitIOPerSecond", row => row.Verdict.Limit, description: "empty for no limit"),
        Column.Text("Verdict", row => row.Verdict.Words, "what the limit comes to on this host"),
        Column.Integer("SumIOPerSecond", row => row.Verdict.Sum, description: "of the machine's disks on the datastore; empty where one of them has no limit").AsLesser(),
        Column.Integer("NumDiskShares", row => row.Verdict.Disk.Shares).AsLesser(),
        Column.Text("BandwidthCap", row => row.BandwidthCap, "advanced parameter, in force since the last power-on").AsLesser(),
        Column.Decimal("CapacityGB", row => row.Verdict.Disk.CapacityBytes is { } bytes ? bytes / 1073741824m : null, "GB").AsLesser(),
        Column.Text("PowerState", row => row.Machine.Machine.PowerState).AsLesser(),
        Column.Text("VMHost", row => row.Machine.Machine.Host).AsLesser(),
        Column.Text("Scheduler", row => row.Machine.Rule.Reason, "what decides how the host enforces limits").AsLesser(),
        Column.Text("vCenter", row => row.Machine.Machine.VCenter).AsLesser());

    public static ReportTable ByMachine(IEnumerable<JudgedDisk> rows, bool onlyLimited) => ReportTable.From(
        Name,
        rows.GroupBy(row => (row.Machine.Machine.VCenter, row.Machine.Machine.Reference.Value, Place: row.Verdict.Together[0].Key))
            .Select(IReadOnlyList<JudgedDisk> (group) => [.. group])
            .Where(disks => !onlyLimited || disks[0].Verdict.Limited > 0),
        ByMachineColumn.Text("VM", disks => disks[0].Machine.Machine.Name),
        ByMachineColumn.Text("Datastore", disks => disks[0].Verdict.Disk.Datastore),
        ByMachineColumn.Text("Limited", disks => string.Create(CultureInfo.InvariantCulture, $"{disks[0].Verdict.Limited} of {disks.Count}"), "disks with a limit"),
        ByMachineColumn.Integer("SumIOPerSecond", disks => disks[0].Verdict.Sum, description: "empty where a disk has no limit"),
        ByMachineColumn.Text("Verdict", disks => (disks.FirstOrDefault(disk => disk.Verdict.Limit is not null) ?? disks[0]).Verdict.Words),
        ByMachineColumn.Integer("At8KB", disks => At(disks, 8), description: "requests a second that the sum lets through").AsLesser(),
        ByMachineColumn.Integer("At32KB", disks => At(disks, 32)).AsLesser(),
        ByMachineColumn.Integer("At64KB", disks => At(disks, 64)),
        ByMachineColumn.Integer("At256KB", disks => At(disks, 256)).AsLesser(),
        ByMachineColumn.Text("VMHost", disks => disks[0].Machine.Machine.Host).AsLesser(),
        ByMachineColumn.Text("Scheduler", disks => disks[0].Machine.Rule.Reason),
        ByMachineColumn.Text("vCenter", disks => disks[0].Machine.Machine.VCenter).AsLesser());

    public static ReportTable ByDatastore(IEnumerable<JudgedDisk> rows, bool onlyLimited) => ReportTable.From(
        Name,
        rows.GroupBy(row => (row.Machine.Machine.VCenter, Datastore: row.Verdict.Disk.DatastoreId ?? row.Verdict.Disk.Datastore))
            .Select(group => new OnDatastore([.. group]))
            .Where(on => !onlyLimited || on.Limited > 0)
            .OrderBy(on => on.Disks[0].Verdict.Disk.Datastore, StringComparer.OrdinalIgnoreCase),
        ByDatastoreColumn.Text("Datastore", on => on.Disks[0].Verdict.Disk.Datastore),
        ByDatastoreColumn.Integer("VMs", on => on.Disks.Select(disk => disk.Machine.Machine.Reference.Value).Distinct(StringComparer.Ordinal).Count()),
        ByDatastoreColumn.Integer("Disks", on => on.Disks.Count),
        ByDatastoreColumn.Integer("LimitedDisks", on => on.Limited),
        ByDatastoreColumn.Integer("NotEnforced", on => on.Disks.Count(disk => disk.Verdict.Verdict == LimitVerdict.NotEnforced), description: "limits that a machine's other disk voids"),
        ByDatastoreColumn.Integer("SumIOPerSecond", on => on.Limited == 0 ? null : on.Disks.Where(IsHeld).Sum(disk => disk.Verdict.Limit ?? 0), description: "of the limits that are enforced"),
        ByDatastoreColumn.Text("vCenter", on => on.Disks[0].Machine.Machine.VCenter));

    private static bool IsHeld(JudgedDisk disk) => disk.Verdict.Verdict is LimitVerdict.Enforced or LimitVerdict.Summed or LimitVerdict.PerDisk;

    /// <summary>Hosts that add limits count requests as they are; those that do not, units of 32 KB.</summary>
    private static long? At(IReadOnlyList<JudgedDisk> disks, int sizeKb) => (disks[0].Verdict.Sum, disks[0].Machine.Rule.Kind) switch
    {
        ({ } sum, SchedulerKind.Summed) => sum,
        ({ } sum, SchedulerKind.PerDisk) => IoCost.Requests(sum, sizeKb),
        _ => null,
    };

    /// <summary>The disks on one datastore.</summary>
    internal sealed record OnDatastore(IReadOnlyList<JudgedDisk> Disks)
    {
        public int Limited => Disks.Count(disk => disk.Verdict.Limit is not null);
    }
}
