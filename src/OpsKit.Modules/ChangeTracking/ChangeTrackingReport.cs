using OpsKit.Engine.Reports;
using StatusColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.ChangeTracking.DiskStatusRow>;
using StatusDefinition = OpsKit.Engine.Reports.ColumnDefinition<OpsKit.Modules.ChangeTracking.DiskStatusRow>;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>The report on changed block tracking: a row a disk.</summary>
public static class ChangeTrackingReport
{
    /// <summary>The report's name.</summary>
    public const string Name = "cbt-status";

    private static readonly StatusDefinition[] Always =
    [
        StatusColumn.Text("VM", row => row.State.Machine.Name),
        StatusColumn.Text("Disk", row => row.Disk?.Disk.Label),
        StatusColumn.Text("Slot", row => row.Disk?.Disk.Slot).AsLesser(),
        StatusColumn.Text("Datastore", row => row.Disk?.Disk.Datastore).AsLesser(),
        StatusColumn.Decimal("CapacityGB", row => row.Disk?.Disk.CapacityBytes is { } bytes ? bytes / 1024m / 1024m / 1024m : null).AsLesser(),
        StatusColumn.Boolean("Flag", row => row.State.Flag, "changeTrackingEnabled: what is wanted, and no proof"),
        StatusColumn.Boolean("Tracked", row => row.Disk?.IsTracked, "in fact: a changeId, and a -ctk.vmdk among the machine's files"),
        StatusColumn.Text("Reason", row => row.Reason, "why it is not tracked, or not as the flag says"),
        StatusColumn.Integer("Snapshots", row => row.State.Snapshots.Count, description: "of the machine").AsLesser(),
        StatusColumn.Text("PowerState", row => row.State.Machine.PowerState).AsLesser(),
        StatusColumn.Text("vCenter", row => row.State.Machine.VCenter).AsLesser(),
        StatusColumn.Text("Warnings", row => row.Warnings),
    ];

    private static readonly StatusDefinition[] Wide =
    [
        StatusColumn.Text("VMHost", row => row.State.Machine.Host).AsLesser(),
        StatusColumn.Text("HostVersion", row => row.State.Host?.Version).AsLesser(),
        StatusColumn.Text("HostBuild", row => row.State.Host?.Build).AsLesser(),
        StatusColumn.Text("HardwareVersion", row => row.State.HardwareVersion).AsLesser(),
        StatusColumn.Text("ChangeId", row => row.Disk?.Disk.ChangeId).AsLesser(),
        StatusColumn.Text("MapFile", row => row.Disk?.MapFile, "the -ctk.vmdk").AsLesser(),
    ];

    /// <summary>Makes the table.</summary>
    /// <param name="states">The machines.</param>
    /// <param name="facts">Known faults, and names of backups' snapshots.</param>
    /// <param name="now">The time, for the age of snapshots.</param>
    /// <param name="wide">Whether it has columns of the host, the changeId and the file of changed blocks, too.</param>
    public static ReportTable Of(IEnumerable<ChangeTrackingState> states, ChangeTrackingFacts facts, DateTimeOffset now, bool wide = false)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(facts);
        var machines = states.OrderBy(state => state.Machine.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var read = machines.Where(state => state.Machine.Unread is null).ToList();
        return ReportTable.From(Name, read.SelectMany(state => DiskStatusRow.Of(state, facts, now)), wide ? [.. Always, .. Wide] : Always) with
        {
            NotAssessed = [.. machines.Where(state => state.Machine.Unread is not null).Select(state => new NotAssessed(state.Machine.Name, state.Machine.Unread!))],
            Notes = [.. Notes(read)],
        };
    }

    private static IEnumerable<string> Notes(List<ChangeTrackingState> read)
    {
        var disks = read.SelectMany(DiskTracking.Of).ToList();
        if (disks.Count > 0)
            yield return $"{DiskTracking.Count(disks)}{(disks.Count(disk => disk is { Obstacle: not null, IsTracked: false }) is > 0 and var unable ? $"; {unable} more cannot be" : "")}.";
        if (read.Any(state => state.MapFiles is null))
            yield return "Where the server lists no files of a machine, its disks are judged by their changeIds alone.";
    }
}
