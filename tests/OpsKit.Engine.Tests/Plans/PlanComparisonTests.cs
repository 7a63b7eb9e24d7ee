using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Tests.Journal;

namespace OpsKit.Engine.Tests.Plans;

public sealed class PlanComparisonTests
{
    private static readonly Plan Saved = JournalBench.Plan("esx01", "esx02");

    [Fact]
    public void Same_plan_made_later_still_holds()
    {
        PlanComparison.Differences(Saved, JournalBench.Plan("esx01", "esx02") with { Made = Saved.Made.AddDays(1) }).ShouldBeEmpty();
        PlanComparison.RequireFresh(Saved, Saved, "night.plan");
    }

    [Fact]
    public void Playbook_and_inventory_are_compared_by_their_hashes() => PlanComparison.Differences(Saved, Saved with { PlaybookSha256 = "9", InventorySha256 = "9" })
        .ShouldBe(["the playbook or its variables are others", "the inventory opskit.yaml has changed"]);

    [Fact]
    public void Targets_that_came_and_went_are_named() =>
        PlanComparison.Differences(Saved, JournalBench.Plan("esx02", "esx03")).ShouldBe(["step 1: esx03 is a target now", "step 1: esx01 is no target any more"]);

    [Fact]
    public void Step_in_one_of_them_only_is_told() => PlanComparison.Differences(Saved, Saved with { Steps = [] }).ShouldBe(["step 1 is in one of them only"]);

    [Fact]
    public void Observed_state_that_differs_is_told() =>
        Difference(plan => plan with { Observed = Map(("connection", "connected")) }, plan => plan with { Observed = Map(("connection", "notResponding")) })
            .ShouldBe("step 1, esx01: connection was connected, is notResponding");

    [Fact]
    public void Observation_that_is_new_is_told() =>
        Difference(plan => plan, plan => plan with { Observed = Map(("DRS", "manual")) }).ShouldBe("step 1, esx01: DRS was not seen, is manual");

    [Theory]
    [InlineData("2026-01-31T22:00:00Z", "2026-01-31T22:00:02Z", true)]
    [InlineData("2026-01-31T22:00:00Z", "2026-01-31T21:59:31Z", true)]
    [InlineData("2026-01-31T22:00:00Z", "2026-01-31T22:00:31Z", false)]
    [InlineData("started 2026-01-31T22:00:00Z", "stopped 2026-01-31T22:00:00Z", false)]
    [InlineData("2026-01-31T22:00:00Z", "unknown", false)]
    [InlineData("2026-01-31T22:00:00Z 2026-01-31T22:00:00Z", "2026-01-31T22:00:00Z", false)]
    [InlineData("2026-99-99T99:99:99Z", "2026-01-31T22:00:00Z", false)]
    public void Instant_that_a_server_computes_anew_may_move_a_little(string before, string after, bool same)
    {
        (Difference(plan => plan with { Observed = Map(("boot time", before)) }, plan => plan with { Observed = Map(("boot time", after)) }) is null).ShouldBe(same);
        (Difference(plan => plan with { Changes = [JournalBench.Change() with { Before = before }] }, plan => plan with { Changes = [JournalBench.Change() with { Before = after }] }) is null).ShouldBe(same);
    }

    [Fact]
    public void Target_that_can_be_read_no_more_or_again_is_told()
    {
        Difference(plan => plan, plan => plan with { NotAssessed = "no answer" }).ShouldBe("step 1, esx01: could be read then, not now: no answer");
        Difference(plan => plan with { NotAssessed = "no answer" }, plan => plan).ShouldBe("step 1, esx01: could not be read then, can be now");
    }

    [Fact]
    public void Blockers_are_told()
    {
        Difference(plan => plan, plan => plan with { Blockers = ["a task is under way"] }).ShouldBe("step 1, esx01: is blocked: a task is under way");
        Difference(plan => plan with { Blockers = ["a task is under way"] }, plan => plan).ShouldBe("step 1, esx01: is not blocked any more");
    }

    [Fact]
    public void Changes_are_told() => Difference(plan => plan, plan => plan with { Changes = [] })
        .ShouldBe("step 1, esx01: the changes were enter: normal -> in maintenance mode, are none");

    [Fact]
    public void Warnings_and_summaries_make_no_difference() =>
        Difference(plan => plan, plan => plan with { Warnings = ["one other host is ready"], Changes = [JournalBench.Change() with { Summary = "5 VMs to move away" }] }).ShouldBeNull();

    [Fact]
    public void Stale_plan_is_refused_with_the_first_differences()
    {
        var hosts = Enumerable.Range(1, 9).Select(number => $"esx{number:00}").ToArray();

        var refused = Should.Throw<OpsKitException>(() => PlanComparison.RequireFresh(JournalBench.Plan(), JournalBench.Plan(hosts), "night.plan"));

        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.What.ShouldBe(
            """
            night.plan is stale; nothing was changed. Since it was made:
            - step 1: esx01 is a target now
            - step 1: esx02 is a target now
            - step 1: esx03 is a target now
            - step 1: esx04 is a target now
            - step 1: esx05 is a target now
            - and 4 more
            """);
    }

    private static string? Difference(Func<TargetPlan, TargetPlan> before, Func<TargetPlan, TargetPlan> after)
    {
        var differences = PlanComparison.Differences(With(before), With(after));
        differences.Count.ShouldBeLessThanOrEqualTo(1);
        return differences.SingleOrDefault();
    }

    private static Plan With(Func<TargetPlan, TargetPlan> edit) =>
        Saved with { Steps = [Saved.Steps[0] with { Targets = [edit(Saved.Steps[0].Targets[0]), Saved.Steps[0].Targets[1]] }] };

    private static SortedDictionary<string, string> Map(params (string Name, string Value)[] pairs) =>
        new(pairs.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), StringComparer.Ordinal);
}
