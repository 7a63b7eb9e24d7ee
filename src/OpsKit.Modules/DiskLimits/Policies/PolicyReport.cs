using OpsKit.Engine.Reports;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Modules.DiskLimits.GovernedDisk>;

namespace OpsKit.Modules.DiskLimits;

/// <summary>What policies want and what disks have, as a report. Pure.</summary>
internal static class PolicyReport
{
    public static ReportTable Of(IReadOnlyList<GovernedDisk> disks)
    {
        var drift = disks.Count(disk => disk.Drifts);
        return ReportTable.From(
            "disk-policy",
            disks.OrderByDescending(disk => disk.Drifts).ThenBy(disk => disk.Machine.Machine.Name, StringComparer.OrdinalIgnoreCase).ThenBy(disk => disk.Disk.Key),
            Column.Text("VM", row => row.Machine.Machine.Name),
            Column.Text("HardDisk", row => row.Disk.Label),
            Column.Text("Datastore", row => row.Disk.Datastore),
            Column.Boolean("Drift", row => row.Drifts),
            Column.Integer("DiskLimitIOPerSecond", row => row.Disk.IopsLimit, description: "empty for no limit"),
            Column.Integer("WantedIOPerSecond", row => row.Policy.Limit, description: "empty for no limit"),
            Column.Text("Policy", row => row.Policy.Text, "the first rule that means the disk").AsLesser(),
            Column.Text("vCenter", row => row.Machine.Machine.VCenter).AsLesser()) with
        {
            Notes = [drift == 0 ? $"All of {disks.Count} disks that a rule means are as it says." : $"{drift} of {disks.Count} disks that a rule means drift from it."],
        };
    }
}
