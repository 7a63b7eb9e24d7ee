using OpsKit.Connections;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Targets;
using OpsKit.Engine.Tests.Runs;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Engine.Tests.Plans;

public sealed class PlannerTests : IDisposable
{
    private readonly RunBench _bench = new("esx01", "esx02", "esx03", "esx04");
    private readonly ScriptedVerb _verb = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Plan_says_what_it_was_made_from()
    {
        var plan = await PlanAsync(RunBench.Step(_verb, batch: "1 all"));

        plan.ShouldBe(plan with { Playbook = "night", File = "night.yaml", PlaybookSha256 = "0", Inventory = "lab.yaml", InventorySha256 = "77", Made = _bench.Clock.Start });
        var step = plan.Steps.ShouldHaveSingleItem();
        (step.Number, step.Name, step.Verb, step.Timeout, step.Impact).ShouldBe((1, "step 1", "test.scripted", TimeSpan.FromHours(1), Impact.Stun));
        step.Targets.Select(target => target.Target.Name).ShouldBe(["esx01", "esx02", "esx03", "esx04"]);
        step.Batches.Select(batch => batch.Count).ShouldBe([1, 3]);
        (plan.HasChanges, plan.IsBlocked).ShouldBe((true, false));
    }

    [Fact]
    public async Task Changing_verb_takes_targets_one_by_one_and_a_reading_one_all_at_once()
    {
        var plan = await PlanAsync(RunBench.Step(_verb), RunBench.Step(new ScriptedVerb { Changes = false, Plan = target => new TargetPlan { Target = target } }, 2));

        plan.Steps.Select(step => step.Batches.Count).ShouldBe([4, 1]);
    }

    [Fact]
    public async Task Limit_leaves_targets_out()
    {
        var plan = await PlanAsync(TargetLimit.Parse(["esx0[12]", "esx02", "esx03", "!esx02"], "--limit"), RunBench.Step(_verb));

        plan.Steps[0].Targets.Select(target => target.Target.Name).ShouldBe(["esx03"]);
    }

    [Fact]
    public async Task Target_that_cannot_be_observed_is_not_assessed_and_the_others_are()
    {
        _verb.Plan = target => target.Name switch
        {
            "esx02" => throw new OpsKitException(FailureKind.Unreachable, "no answer", "vc1"),
            "esx03" => throw new VimProtocolException("half an answer"),
            _ => new TargetPlan { Target = target, Changes = [ScriptedVerb.Change("one")] },
        };

        var plan = await PlanAsync(RunBench.Step(_verb));

        plan.Steps[0].Targets.Select(target => (target.NotAssessed, target.Failure)).ShouldBe([(null, null), ("no answer", FailureKind.Unreachable), ("half an answer", FailureKind.Failed), (null, null)]);
        plan.Steps[0].Batches.SelectMany(batch => batch).Count().ShouldBe(4);
    }

    [Fact]
    public async Task Target_that_an_earlier_step_changes_is_left_to_its_turn_with_its_blockers_as_warnings()
    {
        var second = new ScriptedVerb { Plan = target => new TargetPlan { Target = target, Blockers = ["it is in service"] } };
        _verb.Plan = target => new TargetPlan { Target = target, Changes = target.Name == "esx01" ? [ScriptedVerb.Change("one")] : [] };

        var plan = await PlanAsync(RunBench.Step(_verb), RunBench.Step(second, 2));

        var (changed, unchanged) = (plan.Steps[1].Targets[0], plan.Steps[1].Targets[1]);
        (changed.DependsOnStep, changed.Blockers.Count, changed.Warnings[0]).ShouldBe((1, 0, "it is in service"));
        changed.Warnings[1].ShouldBe("step 1 changes it first; it is observed and planned again in its turn");
        (unchanged.DependsOnStep, unchanged.Blockers.Count).ShouldBe((0, 1));
        plan.IsBlocked.ShouldBeTrue();
    }

    [Fact]
    public async Task Verb_may_observe_all_targets_of_a_step_at_once()
    {
        var asked = new List<int>();
        _verb.Together = targets =>
        {
            asked.Add(targets.Count);
            return [.. targets.Select(target => new TargetPlan { Target = target, Changes = [ScriptedVerb.Change("together")] })];
        };

        var plan = await PlanAsync(RunBench.Step(_verb));

        asked.ShouldBe([4]);
        plan.Steps[0].Targets.ShouldAllBe(target => target.Changes[0].Id == "together");
    }

    [Fact]
    public async Task What_cannot_be_observed_at_once_is_not_assessed()
    {
        _verb.Together = _ => throw new OpsKitException(FailureKind.Unreachable, "no answer", "vc1");

        var plan = await PlanAsync(RunBench.Step(_verb));

        plan.Steps[0].Targets.Count.ShouldBe(4);
        plan.Steps[0].Targets.ShouldAllBe(target => target.NotAssessed == "no answer" && target.Failure == FailureKind.Unreachable);
    }

    [Fact]
    public async Task Verb_that_answers_for_other_targets_is_found_out()
    {
        _verb.Together = targets => [new TargetPlan { Target = targets[0] }];

        await Should.ThrowAsync<InvalidOperationException>(() => PlanAsync(RunBench.Step(_verb)));
    }

    [Fact]
    public async Task Step_that_reads_reads_again_after_any_step_that_changes()
    {
        var reading = new ScriptedVerb { Changes = false, TargetKind = TargetKind.None, Plan = target => new TargetPlan { Target = target } };

        var plan = await PlanAsync(RunBench.Step(reading), RunBench.Step(_verb, 2), RunBench.Step(reading, 3));

        plan.Steps.Select(step => step.Targets[0].DependsOnStep).ShouldBe([0, 0, 2]);
        plan.Steps[2].Targets[0].Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Machines_of_the_same_name_in_one_vCenter_are_two_targets()
    {
        static Target Machine(string id) => new() { Kind = TargetKind.VirtualMachine, Name = "web", VCenter = "vc1", Reference = new ManagedObjectReference("VirtualMachine", id) };

        Machine("vm-1").LockKey.ShouldNotBe(Machine("vm-2").LockKey);
        (Machine("vm-1") with { Name = "renamed" }).LockKey.ShouldBe("virtualmachine:vc1/vm-1");
    }

    [Fact]
    public async Task Verb_without_targets_has_one_named_as_its_step()
    {
        var plan = await PlanAsync(RunBench.Step(new ScriptedVerb { TargetKind = TargetKind.None }));

        plan.Steps[0].Targets.ShouldHaveSingleItem().Target.ShouldBe(new Target { Kind = TargetKind.None, Name = "step 1" });
    }

    [Fact]
    public async Task Selector_that_means_nothing_is_refused() =>
        (await Should.ThrowAsync<OpsKitException>(() => PlanAsync(RunBench.Step(_verb, targets: "esx1")))).Message.ShouldContain("\"esx1\" means nothing here (did you mean \"esx01\"?)");

    [Fact]
    public void Planner_is_given_no_door_to_changes()
    {
        typeof(IPlanningDoors).GetMethods().ShouldNotContain(method => method.Name.Contains("Session", StringComparison.Ordinal) || method.Name.Contains("Change", StringComparison.Ordinal));
        typeof(IApplyingDoors).IsAssignableFrom(typeof(RunDoors)).ShouldBeFalse();
    }

    private Task<Plan> PlanAsync(params Step[] steps) => PlanAsync(TargetLimit.None, steps);

    private async Task<Plan> PlanAsync(TargetLimit limit, params Step[] steps)
    {
        await using var doors = _bench.Doors();
        return await new Planner(doors).PlanAsync(RunBench.Playbook(steps), limit, "77", TestContext.Current.CancellationToken);
    }
}
