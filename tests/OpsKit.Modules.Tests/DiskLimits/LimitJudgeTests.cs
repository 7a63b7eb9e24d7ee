using OpsKit.Modules.DiskLimits;

namespace OpsKit.Modules.Tests.DiskLimits;

public sealed class LimitJudgeTests
{
    [Theory]
    [InlineData("ds01:500", "enforced")]
    [InlineData("ds01:-", "no limit")]
    [InlineData("ds01:- ds01:-", "no limit, no limit")]
    [InlineData("ds01:100 ds01:50", "summed, summed")]
    [InlineData("ds01:100 ds01:-", "not enforced, voids the others")]
    [InlineData("ds01:100 ds02:-", "enforced, no limit")]
    [InlineData("ds01:100 ds01:- ds02:30", "not enforced, voids the others, enforced")]
    public void Hosts_up_to_5_1_add_the_limits_of_a_machines_disks_on_a_datastore(string disks, string verdicts) => Verdicts(Machines.Summed, disks).ShouldBe(verdicts);

    [Theory]
    [InlineData("ds01:500", "per disk")]
    [InlineData("ds01:100 ds01:-", "per disk, no limit")]
    [InlineData("ds01:100 ds01:50", "per disk, per disk")]
    public void Newer_hosts_hold_each_disk_to_its_own(string disks, string verdicts) => Verdicts(Machines.PerDisk, disks).ShouldBe(verdicts);

    [Theory]
    [InlineData("ds01:500", "enforced")]
    [InlineData("ds01:100 ds01:-", "not known, no limit")]
    public void Rule_that_is_not_known_matters_only_where_it_would_decide(string disks, string verdicts) => Verdicts(Machines.Unknown, disks).ShouldBe(verdicts);

    [Fact]
    public void Sum_is_that_of_all_disks_on_the_datastore_and_none_where_one_has_no_limit()
    {
        var verdicts = LimitJudge.Judge(Machines.Of(Machines.Summed, "ds01:100", "ds01:50", "ds02:-", "ds02:30"));

        verdicts.Select(verdict => verdict.Sum).ShouldBe([150, 150, null, null]);
        verdicts.Select(verdict => verdict.Limited).ShouldBe([2, 2, 1, 1]);
        verdicts[3].Unlimited.ShouldHaveSingleItem().Label.ShouldBe("Hard disk 3");
    }

    [Fact]
    public void Disks_in_no_file_are_not_counted_together()
    {
        var machine = Machines.Of(Machines.Summed, "ds01:100", "ds01:-").With(disks => disks with { Disks = [.. disks.Disks.Select(disk => disk with { Datastore = null, DatastoreId = null })] });

        LimitJudge.Judge(machine).Select(verdict => verdict.Words).ShouldBe(["enforced", "no limit"]);
    }

    private static string Verdicts(SchedulerRule rule, string disks) => string.Join(", ", LimitJudge.Judge(Machines.Of(rule, disks.Split(' '))).Select(verdict => verdict.Words));
}
