using OpsKit.Modules.DiskLimits;

namespace OpsKit.Modules.Tests.DiskLimits;

public sealed class LimitPolicyTests
{
    [Theory]
    [InlineData("datastore:ds01=500", "datastore:ds01=500 IOPS")]
    [InlineData("datastore: slow-* = 2KIOps", "datastore:slow-*=2000 IOPS")]
    [InlineData("tag:a=b=500", "tag:a=b=500 IOPS")]
    [InlineData("Tag:database=NONE", "tag:database=none")]
    [InlineData("*=none", "*=none")]
    public void Rule_is_read_as_it_is_meant(string text, string read)
    {
        LimitPolicy.TryParse(text, out var policy, out var wrong).ShouldBeTrue(wrong);
        policy!.Text.ShouldBe(read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("=500")]
    [InlineData("ds01=500")]
    [InlineData("datastore:=500")]
    [InlineData("datastore:ds01")]
    public void What_is_no_rule_is_told_with_what_would_be(string text)
    {
        LimitPolicy.TryParse(text, out var policy, out var wrong).ShouldBeFalse();
        policy.ShouldBeNull();
        wrong.ShouldBe($"\"{text}\" is no rule, expected such as datastore:ds01=500, datastore:slow-*=2KIOps, tag:database=500 or *=none");
    }

    [Fact]
    public void Limit_of_a_rule_is_read_as_everywhere()
    {
        LimitPolicy.TryParse("*=10MBps", out _, out var wrong).ShouldBeFalse();
        wrong.ShouldStartWith("\"10MBps\" is a bandwidth");
    }

    [Fact]
    public void First_rule_that_means_a_disk_holds_and_disks_that_none_means_are_left_alone()
    {
        var machine = Machines.Of(Machines.PerDisk, "slow-1:-", "fast-1:300", "fast-2:300") with { Tags = ["backup"] };
        var rules = Rules("datastore:slow-*=100", "tag:database=50", "datastore:fast-1=none");

        PolicyPlanner.Plan(Machines.Target, machine, rules, mends: true).Changes.ShouldHaveSingleItem().Id.ShouldBe("limit:2000=100,2001=none");
        PolicyPlanner.Plan(Machines.Target, machine with { Tags = ["database"] }, rules, mends: true).Changes.ShouldHaveSingleItem().Id.ShouldBe("limit:2000=100,2001=50,2002=50");
    }

    [Fact]
    public void Drift_is_reported_first_and_mended_only_where_that_is_asked_for()
    {
        var machine = Machines.Of(Machines.PerDisk, "ds01:100", "ds01:-");

        var report = PolicyReport.Of(PolicyPlanner.Governed(machine, Rules("*=100")));
        report.Rows.Select(row => (row[1], row[3], row[4], row[5])).ShouldBe([("Hard disk 2", true, null, 100L), ("Hard disk 1", false, 100L, 100L)]);
        report.Notes.ShouldBe(["1 of 2 disks that a rule means drift from it."]);
        PolicyPlanner.Plan(Machines.Target, machine, Rules("*=100"), mends: false).Changes.ShouldBeEmpty();
        PolicyPlanner.Plan(Machines.Target, machine.With(template => template with { IsTemplate = true }), Rules("*=100"), mends: true).ShouldSatisfyAllConditions(
            plan => plan.Changes.ShouldBeEmpty(), plan => plan.Blockers.ShouldBeEmpty());
    }

    private static List<LimitPolicy> Rules(params string[] texts) => [.. texts.Select(text => LimitPolicy.TryParse(text, out var policy, out _) ? policy! : throw new FormatException(text))];
}
