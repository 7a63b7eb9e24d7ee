using System.Collections.Concurrent;
using OpsKit.Connections;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Runs;

/// <summary>Runs an approved plan: step by step, batch by batch, change by change, under its guards, everything in the journal.</summary>
public sealed class Runner
{
    private readonly IRunWriter _journal;
    private readonly IRunConsole _console;
    private readonly JoinedGuards _guards;
    private readonly ChangeRunner _changes;
    private readonly Planner _planner;
    private readonly RunReports _reports;

    /// <summary>All measurements of a run share one beginning, so that their samples have one time.</summary>
    private readonly Lazy<WatchTime> _time;

    /// <summary>Begins nothing yet.</summary>
    /// <param name="doors">Sessions.</param>
    /// <param name="journal">The run's journal.</param>
    /// <param name="guards">The guards at work.</param>
    /// <param name="console">Shows the run.</param>
    /// <param name="reportFolder">From where the files of steps that report are meant; null for the jump host's working folder.</param>
    public Runner(RunDoors doors, IRunWriter journal, IGuardWatch guards, IRunConsole console, string? reportFolder = null)
    {
        ArgumentNullException.ThrowIfNull(doors);
        (_journal, _console, _guards) = (journal, console, new JoinedGuards(guards));
        _time = new(() => new WatchTime(doors.JumpHost.Clock));
        _changes = new(doors, journal, _guards, console, target => Probes is null ? null : new OutageWatch(target, Probes, _time.Value, journal.Sample));
        _planner = new(doors);
        _reports = new(reportFolder is null ? doors.JumpHost : doors.JumpHost with { WorkingDirectory = reportFolder }, journal, console);
    }

    /// <summary>Starts the guards that a step brings along, and returns them when it may begin; null where steps' guards are not to watch.</summary>
    public Func<IReadOnlyList<StepGuard>, CancellationToken, Task<IGuardWatch>>? Watch { get; init; }

    /// <summary>What changes measure outages with; null for nothing.</summary>
    public GuardDoors? Probes { get; init; }

    /// <summary>Runs what is not done yet. Ends the journal's run.</summary>
    /// <param name="playbook">The playbook of the plan.</param>
    /// <param name="plan">The approved plan.</param>
    /// <param name="cancellationToken">Interrupts: changes under way are left as they are, and the journal knows them.</param>
    public async Task<RunOutcome> RunAsync(Playbook playbook, Plan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        ArgumentNullException.ThrowIfNull(plan);
        using var gate = new RunGate(_guards, _console, _journal);
        var tally = new RunTally();
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var telling = TellGuardsAsync(watching.Token);
        try
        {
            return End(await StepsAsync(playbook, plan, gate, tally, cancellationToken).ConfigureAwait(false), plan);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return End(tally.Outcome(RunStatus.Interrupted, "interrupted"), plan);
        }
        finally
        {
            await watching.CancelAsync().ConfigureAwait(false);
            await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<RunOutcome> StepsAsync(Playbook playbook, Plan plan, RunGate gate, RunTally tally, CancellationToken cancellationToken)
    {
        foreach (var planned in plan.Steps)
        {
            var step = playbook.Steps.Single(candidate => candidate.Number == planned.Number);
            if (_journal.IsCompleted(step.Number))
                continue;
            if (step.Confirm == Confirmation.Always && !await ConfirmedAsync(planned, cancellationToken).ConfigureAwait(false))
                return tally.Outcome(RunStatus.Stopped, $"the operator did not let step {step.Number} begin") with { StoppedByGuard = true };
            var failures = tally.Failures.Count;
            _journal.StepStarted(planned);
            _console.StepStarted(planned);
            var stop = await WatchedStepAsync(step, planned, gate, tally, cancellationToken).ConfigureAwait(false);
            _journal.StepEnded(planned, stop is null && tally.Failures.Count == failures);
            _console.StepEnded(planned, stop is null);
            if (stop is not null)
                return stop;
        }

        return tally.Failures.Count > 0 ? tally.Outcome(RunStatus.Failed, tally.Summary) : tally.Outcome(RunStatus.Done, null);
    }

    private Task<bool> ConfirmedAsync(StepPlan step, CancellationToken cancellationToken) =>
        _console.ContinueAsync($"step {step.Number}, {step.Name}, is about to begin on {Count(step.Targets.Count, "target")}", cancellationToken);

    private async Task<RunOutcome?> WatchedStepAsync(Step step, StepPlan planned, RunGate gate, RunTally tally, CancellationToken cancellationToken)
    {
        if (planned.Guards.Count == 0 || Watch is null)
            return await StepAsync(step, planned, gate, tally, cancellationToken).ConfigureAwait(false);
        var watch = await Watch(planned.Guards, cancellationToken).ConfigureAwait(false);
        await using (watch.ConfigureAwait(false))
        {
            _guards.Join(watch);
            try
            {
                return await StepAsync(step, planned, gate, tally, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _guards.Join(null);
            }
        }
    }

    /// <summary>Null where the run goes on; else how it ends.</summary>
    private async Task<RunOutcome?> StepAsync(Step step, StepPlan planned, RunGate gate, RunTally tally, CancellationToken cancellationToken)
    {
        foreach (var unread in planned.Targets.Skip(planned.Batches.Sum(batch => batch.Count)))
            Fail(planned, unread.Target, tally, unread.Failure ?? FailureKind.Failed, unread.NotAssessed ?? "", TargetPhase.NotAssessed);
        var course = new StepCourse(step.StopAfterFailures);
        var tables = new ConcurrentQueue<ReportTable>();
        foreach (var batch in planned.Batches)
        {
            var seen = await SeenAnewAsync(step, batch.Select(place => planned.Targets[place]), cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(batch.Select(place => InTurnAsync(step, planned, planned.Targets[place], seen, gate, tally, tables, course, cancellationToken))).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (gate.Stopped is { } guard)
                return tally.Outcome(RunStatus.Stopped, $"guard {guard.Guard}: {guard.Reason}") with { StoppedByGuard = true };
            if (course.IsOver)
                return tally.Outcome(RunStatus.Failed, $"step {step.Number} stopped after {Count(course.Failed, "failed target")} (stop-after-failures: {step.StopAfterFailures})");
        }

        Report(step, [.. tables], tally);
        return null;
    }

    /// <summary>A dead endpoint neither breaks a report nor vanishes from it: the run's outcome says so.</summary>
    private void Report(Step step, IReadOnlyList<ReportTable> tables, RunTally tally)
    {
        for (var missing = _reports.Write(step, tables); missing > 0; missing--)
            tally.Miss();
    }

    /// <summary>A target that shares something waits for its turn; one that waits has not begun, and does not begin once too many failed.</summary>
    private async Task InTurnAsync(
        Step step,
        StepPlan planned,
        TargetPlan target,
        IReadOnlyDictionary<string, TargetPlan> seen,
        RunGate gate,
        RunTally tally,
        ConcurrentQueue<ReportTable> tables,
        StepCourse course,
        CancellationToken cancellationToken)
    {
        var now = seen.GetValueOrDefault(target.Target.LockKey) ?? target;
        var uses = (target.Changes.Count > 0 && target.Blockers.Count == 0) || now.Changes.Count > 0 ? now.Uses : [];
        using var share = uses.Count == 0 ? null : await course.Uses.TakeAsync(uses, cancellationToken).ConfigureAwait(false);
        if (share is not null && course.IsOver)
            _console.TargetMoved(planned, target.Target, TargetPhase.Skipped, $"not begun: {Count(course.Failed, "target")} failed");
        else if (await TargetAsync(step, planned, target, seen, gate, tally, tables, cancellationToken).ConfigureAwait(false) == TargetPhase.Failed)
            course.Fail();
    }

    private async Task<TargetPhase> TargetAsync(
        Step step,
        StepPlan planned,
        TargetPlan target,
        IReadOnlyDictionary<string, TargetPlan> seen,
        RunGate gate,
        RunTally tally,
        ConcurrentQueue<ReportTable> tables,
        CancellationToken cancellationToken)
    {
        tally.Count();
        try
        {
            target = UpToDate(step, planned, target, seen.GetValueOrDefault(target.Target.LockKey));
        }
        catch (OpsKitException failure)
        {
            return Fail(planned, target.Target, tally, failure.Kind, failure.What, TargetPhase.Failed);
        }

        if (target.NotAssessed is { } reason)
            return Fail(planned, target.Target, tally, target.Failure ?? FailureKind.Failed, reason, TargetPhase.NotAssessed);
        if (target.Blockers is [var blocker, ..])
            return Fail(planned, target.Target, tally, FailureKind.Failed, blocker, TargetPhase.Failed);
        foreach (var table in target.Reports)
            tables.Enqueue(table);
        if (target.Changes.Count == 0)
        {
            var phase = step.Verb.Changes ? TargetPhase.Unchanged : TargetPhase.Read;
            _console.TargetMoved(planned, target.Target, phase, step.Verb.Changes ? "nothing to do" : "");
            return phase;
        }

        try
        {
            foreach (var change in target.Changes)
            {
                if (!await gate.MayBeginAsync(cancellationToken).ConfigureAwait(false))
                {
                    _console.TargetMoved(planned, target.Target, TargetPhase.Skipped, $"not begun: {change.Summary}");
                    return TargetPhase.Skipped;
                }

                await _changes.RunAsync(step, planned, target.Target, change, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OpsKitException failure)
        {
            return Fail(planned, target.Target, tally, failure.Kind, failure.What, TargetPhase.Failed);
        }

        _console.TargetMoved(planned, target.Target, TargetPhase.Done, target.Changes[^1].After);
        return TargetPhase.Done;
    }

    /// <summary>A target that an earlier step changed is observed in its turn, and one of a resumed run is looked at again, unless something was begun on it.</summary>
    private async Task<IReadOnlyDictionary<string, TargetPlan>> SeenAnewAsync(Step step, IEnumerable<TargetPlan> batch, CancellationToken cancellationToken)
    {
        var due = batch.Where(approved => (approved.DependsOnStep > 0 || _journal.IsResumed) && Begun(step, approved.Target).Count == 0).Select(approved => approved.Target).ToList();
        var seen = await _planner.ObserveAsync(step, due, cancellationToken).ConfigureAwait(false);
        return seen.ToDictionary(plan => plan.Target.LockKey, StringComparer.Ordinal);
    }

    /// <summary>The changes of a target, where an earlier process began any of them.</summary>
    private IReadOnlyList<PlannedChange> Begun(Step step, Target target)
    {
        if (!_journal.IsResumed)
            return [];
        var known = _journal.Of(step.Number, target.LockKey);
        return known.Any(change => change.Status != ChangeStatus.Pending) ? [.. known.Select(change => change.ToPlanned())] : [];
    }

    /// <summary>
    /// The target's plan for now. What was begun on it is brought to an end as it was planned then: its state in the midst of that says nothing of what is
    /// still to do. Nothing is done that was not approved.
    /// </summary>
    private TargetPlan UpToDate(Step step, StepPlan planned, TargetPlan approved, TargetPlan? now)
    {
        if (Begun(step, approved.Target) is { Count: > 0 } begun)
            return approved with { Changes = begun, Blockers = [] };
        if (now is null)
            return approved;
        if (approved.DependsOnStep > 0)
            _journal.Replan(planned, approved.Target, now.Changes);
        else if (Surprise(approved, now) is { } surprise)
            throw new OpsKitException(FailureKind.Failed, $"its state has changed since the plan was approved, and \"{surprise.Summary}\" was not part of it", approved.Target.Name, "make a new plan for it");
        return now;
    }

    private static PlannedChange? Surprise(TargetPlan approved, TargetPlan now) =>
        now.Changes.FirstOrDefault(change => approved.Changes.All(known => known.Id != change.Id));

    private TargetPhase Fail(StepPlan step, Target target, RunTally tally, FailureKind kind, string reason, TargetPhase phase)
    {
        tally.Fail(kind);
        _journal.Event(phase == TargetPhase.NotAssessed ? "not-assessed" : "target-failed", step.Number, target.Name, reason);
        _console.TargetMoved(step, target, phase, reason);
        _guards.TargetFailed(target.Name);
        return TargetPhase.Failed;
    }

    private RunOutcome End(RunOutcome outcome, Plan plan)
    {
        _journal.End(outcome.Status, outcome.Reason);
        return outcome with { Targets = plan.Steps.Sum(step => step.Targets.Count) };
    }

    private async Task TellGuardsAsync(CancellationToken cancellationToken)
    {
        // Waiting begins before the look: what changes in between is not missed.
        var change = _guards.WaitForChangeAsync(cancellationToken);
        var told = _guards.All.ToDictionary(state => state.Guard, state => state.Verdict, StringComparer.Ordinal);
        foreach (var state in _guards.All)
            _console.GuardMoved(state);
        while (true)
        {
            await change.ConfigureAwait(false);
            change = _guards.WaitForChangeAsync(cancellationToken);
            foreach (var state in _guards.All)
            {
                if (told.TryGetValue(state.Guard, out var before) && before == state.Verdict)
                    continue;
                told[state.Guard] = state.Verdict;
                _journal.Event("guard", 0, state.Guard, $"{state.Verdict.ToString().ToLowerInvariant()}: {state.Reason}");
                _console.GuardMoved(state);
            }
        }
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
