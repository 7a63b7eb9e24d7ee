using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.ChangeTracking;
using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.Tests.ChangeTracking;

public sealed class ChangeTrackingStandingTests
{
    private const string Name = "opskit-cbt-20260131T215900Z-abcdef";
    private const string Asked = $"snapshot={Name}; before=task-1";
    private const string Made = $"snapshot={Name}; create=task-2; made=snapshot-201";

    [Fact]
    public void Flag_that_is_as_wanted_is_done() => Of("on", null, Seen.Machine() with { Flag = true }).Effect.ShouldBe(Effect.Done);

    [Fact]
    public void Flag_that_was_not_asked_for_is_not_done() => Of("on", null, Seen.Machine()).ShouldBe(new Standing(Effect.NotDone, "it was not asked for yet"));

    [Theory]
    [InlineData(RecentTaskState.UnderWay, Effect.UnderWay)]
    [InlineData(RecentTaskState.Failed, Effect.NotDone)]
    public void Flag_stands_as_the_task_that_is_its_own(RecentTaskState state, Effect effect) =>
        Of("off", "before=task-1", Seen.Tracked with { Tasks = [Seen.Task("task-1", "VirtualMachine.reconfigure"), Seen.Task("task-2", "ReconfigVM_Task", state, "busy")] }).Effect.ShouldBe(effect);

    [Fact]
    public void Flag_without_a_task_may_still_come() => Of("on", "before=", Seen.Machine()).ShouldSatisfyAllConditions(standing => standing.Effect.ShouldBe(Effect.NotDone), standing => standing.MayStillCome.ShouldBeTrue());

    [Fact]
    public void Cycle_whose_name_was_not_kept_was_not_asked_for() => Of("cycle-on", null, Seen.Machine()).MayStillCome.ShouldBeFalse();

    [Theory]
    [InlineData(Asked)]
    [InlineData(Made)]
    public void Snapshot_that_is_there_is_to_be_removed_even_where_all_is_tracked(string note) =>
        Of("cycle-on", note, Seen.Tracked.With(Seen.Snapshot("other"), Seen.Snapshot(Name))).Effect.ShouldBe(Effect.UnderWay);

    [Fact]
    public void Snapshot_in_the_making_is_attached_to() =>
        Of("cycle-on", Asked, Seen.Machine() with { Tasks = [Seen.Task("task-1", "VirtualMachine.createSnapshot"), Seen.Task("task-2", "VirtualMachine.createSnapshot")] }).Effect.ShouldBe(Effect.UnderWay);

    [Fact]
    public void Somebody_elses_snapshot_in_the_making_is_not_the_cycles() =>
        Of("cycle-on", Asked, Seen.Machine() with { Tasks = [Seen.Task("task-1", "VirtualMachine.createSnapshot")] }).ShouldSatisfyAllConditions(
            standing => standing.Effect.ShouldBe(Effect.NotDone), standing => standing.MayStillCome.ShouldBeTrue());

    [Fact]
    public void Request_that_may_still_come_is_watched_even_where_all_is_tracked() => Of("cycle-on", Asked, Seen.Tracked).Effect.ShouldBe(Effect.UnderWay);

    [Theory]
    [InlineData("cycle-on", true)]
    [InlineData("cycle-off", false)]
    public void Cycle_that_is_over_and_did_what_it_is_for_is_done(string change, bool tracked) => Of(change, Made, tracked ? Seen.Tracked : Seen.Machine()).Effect.ShouldBe(Effect.Done);

    [Fact]
    public void Cycle_that_is_over_without_effect_is_made_again() =>
        Of("cycle-on", Made, Seen.Machine()).ShouldBe(new Standing(Effect.NotDone, $"2 disks are not as wanted; its snapshot {Name} is gone"));

    [Fact]
    public void Removal_and_consolidation_are_brought_to_their_end()
    {
        Of("cycle-on", Made, Seen.Machine() with { Tasks = [Seen.Task("task-3", "vm.Snapshot.remove")] }).Effect.ShouldBe(Effect.UnderWay);
        Of("cycle-on", Made, Seen.Tracked with { ConsolidationNeeded = true }).Effect.ShouldBe(Effect.UnderWay);
    }

    [Fact]
    public void Snapshot_that_failed_to_be_made_is_made_again() =>
        Of("cycle-on", Asked, Seen.Machine() with { Tasks = [Seen.Task("task-2", "createSnapshot", RecentTaskState.Failed, "no space")] }).ShouldSatisfyAllConditions(
            standing => standing.Effect.ShouldBe(Effect.NotDone), standing => standing.MayStillCome.ShouldBeFalse(), standing => standing.Detail.ShouldContain("no space"));

    [Fact]
    public void Machine_that_is_gone_cannot_be_told_of() => Of("on", null, null).Effect.ShouldBe(Effect.Unknown);

    [Fact]
    public void What_an_earlier_run_left_is_cleared_or_not()
    {
        Of("clear", null, Seen.Machine().With(Seen.Snapshot(Name))).Effect.ShouldBe(Effect.NotDone);
        Of("clear", null, Seen.Machine().With(Seen.Snapshot("other"))).Effect.ShouldBe(Effect.Done);
    }

    [Theory]
    [InlineData(Asked)]
    [InlineData(Made)]
    [InlineData($"snapshot={Name}; create=task-2; made=snapshot-201; remove=task-3")]
    public void Trail_is_read_as_it_was_written(string note) => StunTrail.Parse(note)!.ToString().ShouldBe(note);

    [Fact]
    public void Note_of_something_else_is_no_trail() => StunTrail.Parse("before=task-1; task=task-2").ShouldBeNull();

    private static Standing Of(string change, string? note, ChangeTrackingState? state) =>
        ChangeTrackingStanding.Of(new PlannedChange { Id = change, Summary = "", Before = "", After = "", Impact = Impact.Stun }, note, state);
}
