using OpsKit.Connections;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Targets;
using OpsKit.Engine.Verbs;
using OpsKit.TestKit;
using OpsKit.Vim25;

namespace OpsKit.Engine.Tests.Runs;

public sealed class RunnerTests : IDisposable
{
    private readonly RunBench _bench = new();
    private readonly ScriptedVerb _verb = new();
    private readonly List<string> _acts = [];

    public RunnerTests() => _verb.Apply = (_, target, change, _) => ActAsync(target, change);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Each_change_is_made_in_order_and_is_on_record()
    {
        _verb.Plan = target => new TargetPlan { Target = target, Changes = [ScriptedVerb.Change("one"), ScriptedVerb.Change("two")] };

        var outcome = await _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(_verb)));

        outcome.ShouldBe(outcome with { Status = RunStatus.Done, Targets = 3, StoppedByGuard = false });
        outcome.Failures.ShouldBeEmpty();
        _acts.ShouldBe(["esx01 one", "esx01 two", "esx02 one", "esx02 two", "esx03 one", "esx03 two"]);
        _bench.Record.Status.ShouldBe(RunStatus.Done);
        _bench.Record.Changes.ShouldAllBe(change => change.Status == ChangeStatus.Done && change.Attempts == 1 && change.Ended != null);
        _bench.Record.Steps.ShouldHaveSingleItem().Completed.ShouldBeTrue();
        _bench.Events.Select(happened => happened.Kind).Take(4).ShouldBe(["run-started", "step-started", "change-intended", "change-done"]);
        _bench.Console.Phases.Values.ShouldAllBe(phase => phase == TargetPhase.Done);
    }

    [Fact]
    public async Task Targets_that_share_something_are_changed_so_many_at_a_time()
    {
        var (at, most) = (0, 0);
        _verb.Plan = target => new TargetPlan { Target = target, Uses = [new SharedUse("datastore ds01", 2)], Changes = [ScriptedVerb.Change("one")] };
        var turns = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource()).ToList();
        _verb.Apply = async (_, target, change, _) =>
        {
            lock (turns)
                most = Math.Max(most, ++at);
            await turns[int.Parse(target.Name[^1..], System.Globalization.CultureInfo.InvariantCulture) - 1].Task;
            lock (turns)
                at--;
            return await ActAsync(target, change);
        };

        var run = _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(_verb, batch: "all")));
        await Eventually.TrueAsync(() => _bench.Console.Phases.Count == 2, "two targets at work");
        turns[1].SetResult();
        await Eventually.TrueAsync(() => _bench.Console.Phases.ContainsKey("esx03"), "the third target, in the place of the second");
        turns[0].SetResult();
        turns[2].SetResult();
        await run;

        most.ShouldBe(2);
        _acts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Target_that_waits_for_its_turn_does_not_begin_once_too_many_failed()
    {
        _verb.Plan = target => new TargetPlan { Target = target, Uses = [new SharedUse("datastore ds01", 1)], Changes = [ScriptedVerb.Change("one")] };
        _verb.Apply = (_, target, change, _) => target.Name == "esx02" ? throw new OpsKitException(FailureKind.Failed, "no space", target.Name) : ActAsync(target, change);

        var outcome = await _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(_verb, batch: "all")));

        outcome.Status.ShouldBe(RunStatus.Failed);
        _acts.ShouldBe(["esx01 one"]);
        _bench.Console.Phases["esx03"].ShouldBe(TargetPhase.Skipped);
        _bench.Record.Changes.Single(change => change.Key.Target.Contains("esx03", StringComparison.Ordinal)).Status.ShouldBe(ChangeStatus.Pending);
    }

    [Fact]
    public async Task Batch_is_over_before_the_next_begins()
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        _verb.Apply = async (_, target, change, _) =>
        {
            if (target.Name != "esx03")
                await (target.Name == "esx01" ? first : second).Task;
            return await ActAsync(target, change);
        };

        var run = _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(_verb, batch: "2 all")));
        await Eventually.TrueAsync(() => _bench.Console.Phases.Count == 2, "two targets at work");
        second.SetResult();
        await Eventually.TrueAsync(() => _acts.Count == 1, "the second target");
        _bench.Console.Phases.ShouldNotContainKey("esx03");
        first.SetResult();
        await run;

        _acts.ShouldBe(["esx02 one", "esx01 one", "esx03 one"]);
    }

    [Theory]
    [InlineData(1, 2, RunStatus.Failed, "step 1 stopped after 1 failed target (stop-after-failures: 1)")]
    [InlineData(2, 3, RunStatus.Failed, "1 of 3 targets failed")]
    public async Task Failed_targets_stop_the_step_at_the_count_given(int stopAfter, int begun, RunStatus status, string reason)
    {
        _verb.Apply = (_, target, change, _) => target.Name == "esx02" ? throw new OpsKitException(FailureKind.Failed, "it broke", "esx02") : ActAsync(target, change);

        var outcome = await _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(_verb, stopAfter: stopAfter)));

        (outcome.Status, outcome.Reason).ShouldBe((status, reason));
        outcome.Failures.ShouldBe([FailureKind.Failed]);
        _bench.Record.Changes.Count(change => change.Attempts > 0).ShouldBe(begun);
        (_bench.Record.Changes[1].Status, _bench.Record.Changes[1].Detail).ShouldBe((ChangeStatus.Failed, "it broke"));
        _bench.Guards.Failed.ShouldBe(["esx02"]);
    }

    [Fact]
    public async Task What_failed_is_looked_at_and_made_again_when_the_run_is_taken_up()
    {
        var broken = true;
        string? noted = "something";
        _verb.Apply = (doors, target, change, _) =>
        {
            if (target.Name == "esx02")
                noted = doors.Note;
            doors.Remember("task-1");
            return target.Name == "esx02" && broken ? throw new OpsKitException(FailureKind.Failed, "it broke", "esx02") : ActAsync(target, change);
        };
        var playbook = RunBench.Playbook(RunBench.Step(_verb, stopAfter: 3), RunBench.Step(_verb, number: 2, targets: "esx01"));
        (await _bench.ApplyAsync(playbook)).Status.ShouldBe(RunStatus.Failed);
        _bench.Record.Steps[0].Completed.ShouldBeFalse();
        broken = false;

        (await _bench.ResumeAsync(playbook)).Status.ShouldBe(RunStatus.Done);

        _acts.ShouldBe(["esx01 one", "esx03 one", "esx01 one", "esx02 one"]);
        noted.ShouldBeNull("a new attempt attaches to nothing");
        _bench.Record.Changes.ShouldAllBe(change => change.Status == ChangeStatus.Done);
        _bench.Events.Count(happened => happened.Kind == "observed").ShouldBe(1);
    }

    [Fact]
    public async Task Blocked_and_unread_targets_fail_and_the_others_go_on()
    {
        _verb.Plan = target => target.Name switch
        {
            "esx01" => new TargetPlan { Target = target, Changes = [ScriptedVerb.Change("one")], Blockers = ["it is disconnected"] },
            "esx02" => new TargetPlan { Target = target, NotAssessed = "no answer", Failure = FailureKind.Unreachable },
            _ => new TargetPlan { Target = target, Changes = [ScriptedVerb.Change("one")] },
        };

        var outcome = await _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(_verb, stopAfter: 3)));

        outcome.Failures.ShouldBe([FailureKind.Failed, FailureKind.Unreachable]);
        _acts.ShouldBe(["esx03 one"]);
        _bench.Console.Phases["esx02"].ShouldBe(TargetPhase.NotAssessed);
    }

    [Fact]
    public async Task Target_that_an_earlier_step_changes_is_planned_in_its_turn()
    {
        var done = false;
        _verb.Apply = (_, target, change, _) =>
        {
            done = true;
            return ActAsync(target, change);
        };
        var after = new ScriptedVerb
        {
            Name = "test.after",
            Plan = target => new TargetPlan { Target = target, Changes = [ScriptedVerb.Change(done ? "what is left" : "everything")], Blockers = done ? [] : ["not yet"] },
            Apply = (_, target, change, _) => ActAsync(target, change),
        };

        await _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(_verb, targets: "esx01"), RunBench.Step(after, 2, "esx01")));

        _acts.ShouldBe(["esx01 one", "esx01 what is left"]);
        _bench.Record.Changes.Select(change => change.Key.Change).ShouldBe(["one", "what is left"]);
    }

    [Fact]
    public async Task Step_that_is_always_confirmed_does_not_begin_without_a_yes()
    {
        _bench.Console.Answer = (_, _) => Task.FromResult(false);

        var outcome = await _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(_verb, confirm: Confirmation.Always)));

        (outcome.Status, outcome.StoppedByGuard, outcome.Reason).ShouldBe((RunStatus.Stopped, true, "the operator did not let step 1 begin"));
        _bench.Console.Asked.ShouldBe(["step 1, step 1, is about to begin on 3 targets"]);
        _acts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Breached_guard_lets_the_change_under_way_end_and_none_begin()
    {
        _verb.Plan = target => new TargetPlan { Target = target, Changes = [ScriptedVerb.Change("one"), ScriptedVerb.Change("two")] };
        _verb.Apply = (_, target, change, _) =>
        {
            if (target.Name == "esx02")
                _bench.Guards.Say(Verdict.Breached, "esx07 does not answer");
            return ActAsync(target, change);
        };
        var playbook = RunBench.Playbook(RunBench.Step(_verb));

        var outcome = await _bench.ApplyAsync(playbook);

        (outcome.Status, outcome.StoppedByGuard, outcome.Reason).ShouldBe((RunStatus.Stopped, true, "guard watch: esx07 does not answer"));
        _acts.ShouldBe(["esx01 one", "esx01 two", "esx02 one"]);
        _bench.Console.Phases["esx02"].ShouldBe(TargetPhase.Skipped);
        _bench.Events.ShouldContain(happened => happened.Kind == "guard-breached");

        _bench.Guards.Say(Verdict.Healthy, "all answer");
        _verb.Apply = (_, target, change, _) => ActAsync(target, change);
        (await _bench.ResumeAsync(playbook)).Status.ShouldBe(RunStatus.Done);
        _acts.ShouldBe(["esx01 one", "esx01 two", "esx02 one", "esx02 two", "esx03 one", "esx03 two"]);
    }

    [Fact]
    public async Task Change_that_takes_too_long_is_left_open_and_its_target_locked()
    {
        _verb.Apply = async (_, _, change, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _bench.Clock, token);
            return new ChangeResult(change.After);
        };

        var run = _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(_verb)));
        await Eventually.TrueAsync(() => _bench.Console.Phases.ContainsKey("esx01"), "the change");
        _bench.Clock.Advance(TimeSpan.FromHours(1));
        await run;

        (_bench.Record.Changes[0].Status, _bench.Record.Changes[0].Detail).ShouldBe((ChangeStatus.Unknown, "do one: not done within 1h"));
        using var journal = _bench.Open();
        await using var doors = _bench.Doors();
        var plan = await new Planner(doors).PlanAsync(RunBench.Playbook(RunBench.Step(_verb, targets: "esx01")), TargetLimit.None, "1", TestContext.Current.CancellationToken);
        Should.Throw<OpsKitException>(() => journal.Begin(RunBench.StartOf(plan), plan)).Kind.ShouldBe(FailureKind.Locked);
    }

    [Fact]
    public async Task Interrupted_run_says_so_and_is_taken_up()
    {
        using var interrupt = new CancellationTokenSource();
        _verb.Apply = async (_, target, change, token) =>
        {
            if (target.Name != "esx02" || interrupt.IsCancellationRequested)
                return await ActAsync(target, change);
            await interrupt.CancelAsync();
            token.ThrowIfCancellationRequested();
            throw new InvalidOperationException("not interrupted");
        };
        var playbook = RunBench.Playbook(RunBench.Step(_verb));

        var outcome = await _bench.ApplyAsync(playbook, interrupt);

        (outcome.Status, outcome.Reason).ShouldBe((RunStatus.Interrupted, "interrupted"));
        _bench.Record.Status.ShouldBe(RunStatus.Interrupted);
        _bench.Record.Changes.Select(change => change.Status).ShouldBe([ChangeStatus.Done, ChangeStatus.Unknown, ChangeStatus.Pending]);
        (await _bench.ResumeAsync(playbook)).Status.ShouldBe(RunStatus.Done);
        _acts.ShouldBe(["esx01 one", "esx02 one", "esx03 one"]);
    }

    [Fact]
    public async Task Server_that_refuses_has_done_nothing_and_one_that_vanishes_leaves_it_open()
    {
        _verb.Apply = (_, target, _, _) => target.Name == "esx01"
            ? throw new VimProtocolException("no answer that can be read")
            : throw new OpsKitException(FailureKind.Unreachable, "the connection broke", target.Name) { OutcomeUnknown = target.Name == "esx02" };

        await _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(_verb, stopAfter: 3)));

        _bench.Record.Changes.Select(change => change.Status).ShouldBe([ChangeStatus.Unknown, ChangeStatus.Unknown, ChangeStatus.Failed]);
    }

    [Fact]
    public async Task Reading_verb_changes_nothing_and_reads_all_at_once()
    {
        var report = new ScriptedVerb { Changes = false, Impact = Impact.None, Plan = target => new TargetPlan { Target = target } };

        var outcome = await _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(report)));

        outcome.Status.ShouldBe(RunStatus.Done);
        _bench.Console.Phases.Values.ShouldAllBe(phase => phase == TargetPhase.Read);
        _bench.Record.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Step_that_reads_reports_what_is_there_after_the_changes_before_it()
    {
        var changed = false;
        var verb = new ScriptedVerb { Apply = (_, _, change, _) => { changed = true; return Task.FromResult(new ChangeResult(change.After)); } };
        var seen = new List<bool>();
        var report = new ScriptedVerb { Changes = false, Impact = Impact.None, Together = targets => { seen.Add(changed); return [.. targets.Select(target => new TargetPlan { Target = target })]; } };

        var outcome = await _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(verb, targets: "esx01"), RunBench.Step(report, 2)));

        (outcome.Status, seen[0], seen[^1], seen.Count).ShouldBe((RunStatus.Done, false, true, 2));
    }

    [Fact]
    public async Task Guard_that_changes_its_mind_is_shown_and_on_record()
    {
        var gate = new TaskCompletionSource();
        _verb.Apply = async (_, target, change, _) =>
        {
            await gate.Task;
            return await ActAsync(target, change);
        };

        var run = _bench.ApplyAsync(RunBench.Playbook(RunBench.Step(_verb, targets: "esx01")));
        await Eventually.TrueAsync(() => _bench.Console.Phases.ContainsKey("esx01"), "the change");
        _bench.Guards.Say(Verdict.Inconclusive, "no probe could be sent");
        await Eventually.TrueAsync(() => _bench.Console.Shown.Contains("guard watch Inconclusive"), "the guard's word");
        gate.SetResult();
        await run;

        _bench.Events.ShouldContain(happened => happened.Kind == "guard" && happened.Text == "inconclusive: no probe could be sent");
    }

    private Task<ChangeResult> ActAsync(Target target, PlannedChange change)
    {
        lock (_acts)
            _acts.Add($"{target.Name} {change.Id}");
        return Task.FromResult(new ChangeResult(change.After));
    }
}
