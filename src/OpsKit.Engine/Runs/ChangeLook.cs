using OpsKit.Connections;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Engine.Runs;

/// <summary>Looks what came of a change that was begun before, so that it is never simply made again.</summary>
internal sealed class ChangeLook(RunDoors doors, IRunWriter journal, IRunConsole console)
{
    /// <summary>
    /// How long a request may take from a process that is gone to a server that carries it out. What lies on the wire or in a server's queue when its
    /// sender dies is carried out all the same; this long without a trace of it, and it was never sent.
    /// </summary>
    public static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>What came of the change. What is proven done becomes so in the journal.</summary>
    /// <exception cref="OpsKitException">It cannot be told, or the target cannot be looked at: nothing is done without the operator.</exception>
    public async Task<Effect> AtAsync(Step step, StepPlan plan, Target target, PlannedChange change, ChangeRecord begun, CancellationToken cancellationToken)
    {
        console.TargetMoved(plan, target, TargetPhase.Working, $"looking whether it was done: {change.Summary}");
        var standing = await ObserveAsync(step, target, change, begun, cancellationToken).ConfigureAwait(false);
        journal.Event("observed", step.Number, target.Name, $"{change.Summary}: {Words(standing.Effect)}, {standing.Detail}");
        switch (standing.Effect)
        {
            case Effect.Done:
                journal.Outcome(begun.Key, ChangeStatus.Done, standing.Detail, "seen to be done; not repeated");
                return Effect.Done;
            case Effect.Unknown when begun.Status != ChangeStatus.Failed:
                throw new OpsKitException(
                    FailureKind.Failed,
                    $"{change.Summary}: whether it took effect cannot be told ({standing.Detail})",
                    target.Name,
                    $"look at the target; then opskit runs resume {journal.Id}, or opskit runs abort {journal.Id}")
                {
                    OutcomeUnknown = true,
                };
            default:
                return standing.Effect;
        }
    }

    private async Task<Standing> ObserveAsync(Step step, Target target, PlannedChange change, ChangeRecord begun, CancellationToken cancellationToken)
    {
        // What failed was answered: no request of it is on its way.
        var patience = begun.Status == ChangeStatus.Failed ? TimeSpan.Zero : OnItsWay;
        var clock = doors.JumpHost.Clock;
        var began = clock.GetTimestamp();
        try
        {
            while (true)
            {
                var standing = await step.Bound.ObserveAsync(doors, target, change, begun.Note, cancellationToken).ConfigureAwait(false);
                if (standing is not { Effect: Effect.NotDone, MayStillCome: true } || clock.GetElapsedTime(began) >= patience)
                    return standing;
                await Task.Delay(Again, clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (VimException failure)
        {
            throw new OpsKitException(
                FailureKind.Failed,
                $"{change.Summary}: it could not be looked at whether it took effect: {failure.Message}",
                target.Name,
                $"opskit runs resume {journal.Id} looks again",
                failure)
            {
                OutcomeUnknown = true,
            };
        }
    }

    private static string Words(Effect effect) => effect switch
    {
        Effect.Done => "done",
        Effect.NotDone => "not done",
        Effect.UnderWay => "under way",
        _ => "cannot be told",
    };
}
