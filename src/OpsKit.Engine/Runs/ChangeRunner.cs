using OpsKit.Connections;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Engine.Runs;

/// <summary>Carries one change through its life: intent, act, outcome; or, where an earlier intent has no outcome, a look first.</summary>
internal sealed class ChangeRunner(RunDoors doors, IRunWriter journal, IRunConsole console)
{
    /// <summary>Carries out the change unless it is done already.</summary>
    /// <exception cref="OpsKitException">It failed; the journal has it.</exception>
    public async Task RunAsync(Step step, StepPlan plan, Target target, PlannedChange change, CancellationToken cancellationToken)
    {
        var key = new ChangeKey(step.Number, target.LockKey, change.Id);
        var known = journal.Find(key);
        if (known?.Status == ChangeStatus.Done)
            return;
        if (known?.Status is ChangeStatus.Intended or ChangeStatus.Unknown
            && await LookAsync(step, plan, target, change, key, cancellationToken).ConfigureAwait(false) == Effect.Done)
        {
            return;
        }

        await CarryOutAsync(step, plan, target, change, key, known?.Note, cancellationToken).ConfigureAwait(false);
    }

    private async Task CarryOutAsync(
        Step step, StepPlan plan, Target target, PlannedChange change, ChangeKey key, string? note, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        journal.Intend(plan, target, change);
        console.TargetMoved(plan, target, TargetPhase.Working, change.Summary);
        try
        {
            var result = await ApplyAsync(step, plan, target, change, key, note, cancellationToken).ConfigureAwait(false);
            journal.Outcome(key, ChangeStatus.Done, result.After, result.Note);
        }
        catch (OpsKitException failure)
        {
            journal.Outcome(key, failure.OutcomeUnknown ? ChangeStatus.Unknown : ChangeStatus.Failed, null, failure.What);
            throw;
        }
        catch (OperationCanceledException)
        {
            journal.Outcome(key, ChangeStatus.Unknown, null, "interrupted");
            throw;
        }
    }

    /// <summary>
    /// Brings to an end what an earlier process left open on a target that is planned anew: looks whether it was done, and attaches to what
    /// is under way. What was not done is left to the new plan.
    /// </summary>
    /// <exception cref="OpsKitException">It cannot be told, or it failed; the journal has it.</exception>
    public async Task SettleAsync(Step step, StepPlan plan, Target target, CancellationToken cancellationToken)
    {
        foreach (var open in journal.LeftOpen(step.Number, target.LockKey))
        {
            var change = new PlannedChange
            {
                Id = open.Key.Change, Summary = open.Summary, Before = open.Before, After = open.After, Impact = open.Impact, Arguments = open.Arguments,
            };
            var effect = await LookAsync(step, plan, target, change, open.Key, cancellationToken).ConfigureAwait(false);
            if (effect == Effect.UnderWay)
                await CarryOutAsync(step, plan, target, change, open.Key, open.Note, cancellationToken).ConfigureAwait(false);
            else if (effect == Effect.NotDone)
                journal.Outcome(open.Key, ChangeStatus.Pending, null, "seen not to be done; planned again");
        }
    }

    private async Task<ChangeResult> ApplyAsync(
        Step step, StepPlan plan, Target target, PlannedChange change, ChangeKey key, string? note, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(plan.Timeout, doors.JumpHost.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var applying = doors.ForChange(
            note,
            (text, share) => console.TargetMoved(plan, target, TargetPhase.Working, text, share),
            fact => journal.Remember(key, fact),
            console.ContinueAsync);
        try
        {
            return await step.Bound.ApplyAsync(applying, target, change, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new OpsKitException(FailureKind.Failed, $"{change.Summary}: not done within {OpsKit.Connections.Yaml.Durations.Format(plan.Timeout)}", target.Name, "raise the step's timeout, or look at the target")
            {
                OutcomeUnknown = true,
            };
        }
        catch (VimException failure)
        {
            throw new OpsKitException(FailureKind.Failed, $"{change.Summary}: {failure.Message}", target.Name, innerException: failure)
            {
                OutcomeUnknown = failure is not VimFaultException,
            };
        }
    }

    /// <summary>Looks what came of an intent without an outcome. What is proven done becomes so in the journal.</summary>
    private async Task<Effect> LookAsync(Step step, StepPlan plan, Target target, PlannedChange change, ChangeKey key, CancellationToken cancellationToken)
    {
        console.TargetMoved(plan, target, TargetPhase.Working, $"looking whether it was done: {change.Summary}");
        var standing = await step.Bound.ObserveAsync(doors, target, change, cancellationToken).ConfigureAwait(false);
        journal.Event("observed", step.Number, target.Name, $"{change.Summary}: {Words(standing.Effect)}, {standing.Detail}");
        if (standing.Effect == Effect.Done)
            journal.Outcome(key, ChangeStatus.Done, standing.Detail, "seen after its outcome was lost; not repeated");
        return standing.Effect != Effect.Unknown
            ? standing.Effect
            : throw new OpsKitException(
                FailureKind.Failed,
                $"{change.Summary}: whether it took effect cannot be told ({standing.Detail})",
                target.Name,
                $"look at the target; then opskit runs resume {journal.Id}, or opskit runs abort {journal.Id}")
            {
                OutcomeUnknown = true,
            };
    }

    private static string Words(Effect effect) => effect switch
    {
        Effect.Done => "done",
        Effect.NotDone => "not done",
        Effect.UnderWay => "under way",
        _ => "cannot be told",
    };
}
