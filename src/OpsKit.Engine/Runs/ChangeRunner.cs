using OpsKit.Connections;
using OpsKit.Connections.Probes;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Engine.Runs;

/// <summary>Carries one change through its life: intent, act, outcome; or, where it was begun before, a look first.</summary>
internal sealed class ChangeRunner(RunDoors doors, IRunWriter journal, IWatchdog watchdog, IRunConsole console, Func<ProbeTarget, OutageWatch?> measure)
{
    private readonly ChangeLook _look = new(doors, journal, console);

    /// <summary>Carries out the change unless it is done already.</summary>
    /// <exception cref="OpsKitException">It failed; the journal has it.</exception>
    public async Task RunAsync(Step step, StepPlan plan, Target target, PlannedChange change, CancellationToken cancellationToken)
    {
        var key = new ChangeKey(step.Number, target.LockKey, change.Id);
        string? attached = null;
        switch (journal.Find(key))
        {
            case { Status: ChangeStatus.Done }:
                return;
            case { Status: not ChangeStatus.Pending } begun:
                var effect = await _look.AtAsync(step, plan, target, change, begun, cancellationToken).ConfigureAwait(false);
                if (effect == Effect.Done)
                    return;
                attached = effect == Effect.UnderWay ? begun.Note : null;
                break;
        }

        cancellationToken.ThrowIfCancellationRequested();
        journal.Intend(plan, target, change, attached);
        console.TargetMoved(plan, target, TargetPhase.Working, change.Summary);
        var result = await ApplyAsync(step, plan, target, change, key, attached, cancellationToken).ConfigureAwait(false);
        journal.Outcome(key, ChangeStatus.Done, result.After, result.Note);
    }

    private async Task<ChangeResult> ApplyAsync(
        Step step, StepPlan plan, Target target, PlannedChange change, ChangeKey key, string? attached, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(plan.Timeout, doors.JumpHost.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var unwritten = false;
        var applying = doors.ForChange(new ChangeHooks(
            attached,
            journal.Folder,
            (text, share) => console.TargetMoved(plan, target, TargetPhase.Working, text, share),
            Remember,
            console.ContinueAsync,
            watchdog,
            text => journal.Event(RunEvent.Mark, step.Number, target.Name, text),
            journal.Keep,
            () => journal.OutputFolder,
            measure));
        try
        {
            return await step.Bound.ApplyAsync(applying, target, change, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Ended(open: true, new OpsKitException(
                FailureKind.Failed, $"{change.Summary}: not done within {Durations.Format(plan.Timeout)}", target.Name, "raise the step's timeout, or look at the target"));
        }
        catch (OperationCanceledException)
        {
            journal.Outcome(key, ChangeStatus.Unknown, null, "interrupted");
            throw;
        }
        catch (VimException failure)
        {
            // The server's own fault is its answer: it did nothing. What came of anything else is not known.
            throw Ended(open: failure is not VimFaultException, new OpsKitException(FailureKind.Failed, $"{change.Summary}: {failure.Message}", target.Name, innerException: failure));
        }
        catch (OpsKitException failure)
        {
            throw Ended(open: failure.OutcomeUnknown || unwritten, failure);
        }

        void Remember(string fact)
        {
            // Where the journal fails in the midst of a change, the change may have been made.
            unwritten = true;
            journal.Remember(key, fact);
            unwritten = false;
        }

        OpsKitException Ended(bool open, OpsKitException failure)
        {
            journal.Outcome(key, open ? ChangeStatus.Unknown : ChangeStatus.Failed, null, failure.What);
            return failure;
        }
    }
}
