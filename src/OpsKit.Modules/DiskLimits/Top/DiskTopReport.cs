using OpsKit.Engine.Reports;
using OpsKit.Modules.VirtualDisks;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Modules.DiskLimits.BusyDisk>;

namespace OpsKit.Modules.DiskLimits;

/// <summary>A disk with what it does.</summary>
/// <param name="Machine">Its machine.</param>
/// <param name="Disk">The disk.</param>
/// <param name="Load">What it does.</param>
public sealed record BusyDisk(MachineDisks Machine, VirtualDiskState Disk, DiskLoad Load);

/// <summary>The busiest disks as a report. Pure.</summary>
public static class DiskTopReport
{
    /// <summary>The report.</summary>
    /// <param name="machines">The machines with their loads.</param>
    /// <param name="options">Order and number.</param>
    /// <param name="unread">What could not be read.</param>
    public static ReportTable Of(IReadOnlyList<LimitedMachine> machines, DiskTopOptions options, IReadOnlyList<NotAssessed> unread)
    {
        ArgumentNullException.ThrowIfNull(machines);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(unread);
        var busy = machines.SelectMany(Busy).OrderByDescending(disk => Measure(disk.Load, options.By)).ThenBy(disk => disk.Machine.Name, StringComparer.OrdinalIgnoreCase).ThenBy(disk => disk.Disk.Key).ToList();
        var shown = options.Count > 0 ? busy.Take(options.Count) : busy;
        return ReportTable.From(
            "disk-top",
            shown,
            Column.Text("VM", row => row.Machine.Name),
            Column.Text("HardDisk", row => row.Disk.Label),
            Column.Text("Slot", row => row.Disk.Slot).AsLesser(),
            Column.Text("Datastore", row => row.Disk.Datastore),
            Column.Integer("IOPS", row => Whole(row.Load.Iops), description: "requests a second"),
            Column.Integer("ReadIOPS", row => Whole(row.Load.Reads)).AsLesser(),
            Column.Integer("WriteIOPS", row => Whole(row.Load.Writes)).AsLesser(),
            Column.Integer("KBps", row => Whole(row.Load.Kb), "KB/s"),
            Column.Integer("ReadMs", row => Whole(row.Load.ReadLatency), "ms", "average of a read").AsLesser(),
            Column.Integer("WriteMs", row => Whole(row.Load.WriteLatency), "ms", "average of a write").AsLesser(),
            Column.Integer("RequestKB", row => Whole(row.Load.RequestKb), "KB", "average size of a request").AsLesser(),
            Column.Integer("DiskLimitIOPerSecond", row => row.Disk.IopsLimit, description: "empty for no limit"),
            Column.Text("VMHost", row => row.Machine.Host).AsLesser(),
            Column.Text("vCenter", row => row.Machine.VCenter).AsLesser()) with
        {
            NotAssessed = [.. unread, .. Silent(machines)],
            Notes = Notes(busy, options),
        };
    }

    private static IEnumerable<BusyDisk> Busy(LimitedMachine machine) =>
        from disk in machine.Machine.Disks
        where disk.Slot is not null && machine.Loads?.ContainsKey(disk.Slot) == true
        select new BusyDisk(machine.Machine, disk, machine.Loads![disk.Slot!]);

    private static decimal Measure(DiskLoad load, TopBy by) => by switch
    {
        TopBy.Throughput => load.Kb,
        TopBy.Latency => load.Latency ?? 0,
        _ => load.Iops,
    };

    private static long? Whole(decimal? value) => value is { } number ? (long)Math.Round(number, MidpointRounding.AwayFromZero) : null;

    /// <summary>A machine that runs and has no samples is a gap, not an idle machine.</summary>
    private static IEnumerable<NotAssessed> Silent(IEnumerable<LimitedMachine> machines) => machines
        .Where(machine => machine.Machine is { IsPoweredOn: true, Disks.Count: > 0 } && machine.Loads is null or { Count: 0 })
        .Select(machine => new NotAssessed(machine.Machine.Name, $"it runs, and {machine.Machine.VCenter} has no samples of its disks{(machine.Machine.ConnectionState == "connected" ? "" : $"; it is {machine.Machine.ConnectionState}")}"));

    private static List<string> Notes(List<BusyDisk> busy, DiskTopOptions options)
    {
        var notes = new List<string>();
        if (busy.Count > 0)
        {
            var until = busy.Max(disk => disk.Load.Until);
            notes.Add($"Averages over {busy.Max(disk => disk.Load.Samples) * (int)DiskLoadReader.Sample.TotalSeconds} s until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, by the servers' clocks.");
        }

        if (options.Count > 0 && busy.Count > options.Count)
            notes.Add($"The first {options.Count} of {busy.Count} disks.");
        return notes;
    }
}
