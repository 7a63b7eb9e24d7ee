using OpsKit.Connections.Probes;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Runs;

public sealed class StepGuardTests : IDisposable
{
    private static readonly PingGuardSpec Dog = new() { Name = "watchdog", At = "step", Targets = ["192.0.2.1"], Interval = TimeSpan.FromMilliseconds(250), Outage = TimeSpan.FromSeconds(5), ShareOfTargets = 0.5m };
    private readonly RunBench _bench = new("esx01");

    [Fact]
    public async Task Verb_brings_its_guards_into_the_plan_under_unused_names()
    {
        var verb = new ScriptedVerb { Guards = _ => [Dog] };
        await using var doors = _bench.Doors();
        var plan = await PlanAsync(doors, RunBench.Playbook(RunBench.Step(verb), RunBench.Step(verb, 2)));

        plan.Steps.Select(step => step.Guards.Single().Spec.Name).ShouldBe(["watchdog", "watchdog-2"]);
        plan.Steps[0].Guards[0].Targets.ShouldBe([new ProbeTarget("192.0.2.1", "192.0.2.1")]);
        var read = PlanJson.Read(PlanJson.Write(plan)).Steps[1].Guards.Single();
        read.Targets.ShouldBe(plan.Steps[1].Guards[0].Targets);
        (read.Spec with { Targets = [] }).ShouldBe(plan.Steps[1].Guards[0].Spec with { Targets = [] });
    }

    [Fact]
    public async Task Ping_guard_of_the_playbook_stands_in_for_the_verbs()
    {
        await using var doors = _bench.Doors();
        var playbook = RunBench.Playbook(RunBench.Step(new ScriptedVerb { Guards = _ => [Dog] })) with { Guards = [Dog with { Name = "mine" }] };

        (await PlanAsync(doors, playbook)).Steps[0].Guards.ShouldBeEmpty();
    }

    [Fact]
    public async Task Step_with_nothing_to_change_brings_none()
    {
        await using var doors = _bench.Doors();
        var verb = new ScriptedVerb { Guards = _ => [Dog], Plan = target => new TargetPlan { Target = target } };

        (await PlanAsync(doors, RunBench.Playbook(RunBench.Step(verb)))).Steps[0].Guards.ShouldBeEmpty();
    }

    [Fact]
    public async Task Guards_of_a_step_watch_from_before_its_first_change_to_its_end()
    {
        var own = new ScriptedGuards();
        var begun = 0;
        var dogs = new List<int>();
        var verb = new ScriptedVerb { Guards = _ => [Dog] };
        verb.Apply = (doors, _, change, _) =>
        {
            dogs.Add(begun);
            doors.Watchdog.Addresses.ShouldBe(0);
            doors.Mark("reset of bay 2");
            doors.Keep("said.log", "a line\n");
            if (dogs.Count == 1)
                own.Say(Verdict.Breached, "esx01 does not answer");
            return Task.FromResult(new ChangeResult(change.After));
        };
        verb.Plan = target => new TargetPlan { Target = target, Changes = [ScriptedVerb.Change("one"), ScriptedVerb.Change("two")] };
        var playbook = RunBench.Playbook(RunBench.Step(verb));
        await using var doors = _bench.Doors();
        using var journal = _bench.Open();
        var (plan, writer) = await _bench.BeginAsync(playbook, journal, doors);
        await using (writer)
        {
            var runner = new Runner(doors, writer, _bench.Guards, new RecordingConsole())
            {
                Watch = (guards, _) =>
                {
                    begun += guards.Count;
                    return Task.FromResult<IGuardWatch>(own);
                },
            };
            var outcome = await runner.RunAsync(playbook, plan, TestContext.Current.CancellationToken);

            outcome.StoppedByGuard.ShouldBeTrue();
            outcome.Reason.ShouldBe("guard watch: esx01 does not answer");
            File.ReadAllText(Path.Combine(writer.Folder, "output", "said.log")).ShouldBe("a line\n");
        }

        dogs.ShouldBe([1]);
        _bench.Events.Single(happened => happened.Kind == RunEvent.Mark).ShouldSatisfyAllConditions(
            mark => mark.Text.ShouldBe("reset of bay 2"), mark => mark.Target.ShouldBe("esx01"), mark => mark.Step.ShouldBe(1));
    }

    public void Dispose() => _bench.Dispose();

    private static Task<Plan> PlanAsync(RunDoors doors, Playbook playbook) =>
        new Planner(doors).PlanAsync(playbook, OpsKit.Engine.Targets.TargetLimit.None, "1", TestContext.Current.CancellationToken);
}
