using OpsKit.Modules.DiskLimits;

namespace OpsKit.Modules.Tests.DiskLimits;

public sealed class DiskLimitsReportTests
{
    private static readonly IReadOnlyList<LimitedMachine> Estate =
    [
        Machines.Of(Machines.Summed, "ds01:100", "ds01:-", "ds02:50") with { BandwidthCaps = new Dictionary<string, string> { ["scsi0:1"] = "5MBps" } },
        Machines.Of(Machines.PerDisk, "ds02:640", "ds02:-").With(machine => machine with { Name = "app01", Reference = new("VirtualMachine", "vm-2") }),
    ];

    [Fact]
    public void Every_disk_has_a_row_with_its_verdict_and_the_rule_that_decides()
    {
        var report = DiskLimitsReport.Of(Estate, LimitsBy.Disk, onlyLimited: false, []);

        report.Rows.Select(row => (row[0], row[1], row[4], row[5], row[6])).ShouldBe(
        [
            ("app01", "Hard disk 1", 640L, "per disk", null), ("app01", "Hard disk 2", null, "no limit", null),
            ("db01", "Hard disk 1", 100L, "not enforced", null), ("db01", "Hard disk 2", null, "voids the others", null), ("db01", "Hard disk 3", 50L, "enforced", 50L),
        ]);
        report.Rows[3][8].ShouldBe("5MBps");
        report.Rows[0][12].ShouldBe("ESXi 8.0");
        report.Notes.ShouldBe(["3 of 5 disks have a limit.", "1 of them is not enforced: another disk of the machine on the same datastore has none.", "Per disk: counted in units of 32 KB; a request of 64 KB costs two."]);
        DiskLimitsReport.Of(Estate, LimitsBy.Disk, onlyLimited: true, []).Rows.Count.ShouldBe(4);
    }

    [Fact]
    public void Machines_disks_on_a_datastore_have_their_sum_and_what_it_lets_through()
    {
        var report = DiskLimitsReport.Of([.. Estate, Machines.Of(Machines.PerDisk, "ds03:320", "ds03:320").With(machine => machine with { Name = "web01", Reference = new("VirtualMachine", "vm-3") })], LimitsBy.Machine, onlyLimited: true, []);

        report.Rows.Select(row => (row[0], row[1], row[2], row[3], row[4], row[5], row[7])).ShouldBe(
        [
            ("app01", "ds02", "1 of 2", null, "per disk", null, null), ("db01", "ds01", "1 of 2", null, "not enforced", null, null), ("db01", "ds02", "1 of 1", 50L, "enforced", 50L, 50L),
            ("web01", "ds03", "2 of 2", 640L, "per disk", 640L, 320L),
        ]);
    }

    [Fact]
    public void Datastores_sum_what_is_enforced() =>
        DiskLimitsReport.Of(Estate, LimitsBy.Datastore, onlyLimited: false, []).Rows.Select(row => (row[0], row[1], row[2], row[3], row[4], row[5])).ShouldBe(
            [("ds01", 1L, 2L, 1L, 1L, (object)0L), ("ds02", 2L, 3L, 2L, 0L, 690L)]);
}
