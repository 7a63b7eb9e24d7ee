using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>Waits until nobody else is at work on a machine: no task, no backup; for as long as the options say, over all of a change.</summary>
internal sealed class MachineCalm(IApplyingDoors doors, Target target, ManagedObjectReference machine, ChangeTrackingOptions options, ChangeTrackingFacts facts)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private readonly long _began = doors.JumpHost.Clock.GetTimestamp();

    private bool HasPatience => doors.JumpHost.Clock.GetElapsedTime(_began) < options.Wait;

    /// <summary>Waits, and returns what is seen then.</summary>
    /// <param name="stuns">Whether a snapshot is made then: its datastores are to have room for it, which other snapshots may have taken since the plan.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OpsKitException">It takes too long, or a snapshot is there that was not to be.</exception>
    public async Task<ChangeTrackingState> WaitAsync(bool stuns, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = await LookAsync(cancellationToken).ConfigureAwait(false);
            var now = doors.JumpHost.Clock.GetUtcNow();
            var kinds = SnapshotKinds.Of(state.Snapshots, facts);
            if (options.Goal != TrackingGoal.Disabled && !options.WithSnapshots && kinds.Others.Count > 0)
                throw new OpsKitException(FailureKind.Failed, $"a snapshot was made of it since the plan: {SnapshotKinds.Words(kinds.Others, now)}", target.Name, "remove it, or say with-snapshots");
            var busy = MachineTasks.UnderWay(state.Tasks) is { } task ? $"{task.Operation} ({task.Id}) is under way on it"
                : kinds.Backups.Count > 0 ? $"a backup has its snapshot on it: {SnapshotKinds.Words(kinds.Backups, now)}"
                : state.Question is { } question ? $"it waits for an answer: {question}"
                : stuns && state.Machine.IsPoweredOn ? await NarrowAsync(state, cancellationToken).ConfigureAwait(false)
                : null;
            if (busy is null)
                return state;
            await PauseAsync(busy, null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts a task and waits for its end; where the machine is busy with another, waits and asks again.</summary>
    /// <param name="session">The vCenter.</param>
    /// <param name="what">What it does, for the operator.</param>
    /// <param name="ask">Asks for the task.</param>
    /// <param name="started">Told the task.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<TaskInfo> RunAsync(
        VSphereSession session,
        string what,
        Func<CancellationToken, Task<ManagedObjectReference?>> ask,
        Action<ManagedObjectReference> started,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                doors.Progress(what);
                var task = await ask(cancellationToken).ConfigureAwait(false) ?? throw new VimProtocolException("the server named no task");
                started(task);
                return await session.Tasks.WaitAsync(task, progress: new Shares(doors, what), cancellationToken: cancellationToken).ConfigureAwait(false);
            }
            catch (VimFaultException refused) when (IsBusy(refused))
            {
                await PauseAsync("another task of it is under way", refused, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a server refused because something else is under way: a migration, a snapshot, a backup.</summary>
    public static bool IsBusy(VimFaultException refused) => refused.FaultType == "TaskInProgress";

    /// <summary>Whether an answer was lost on its way: what was asked for may have been done all the same.</summary>
    public static bool IsLost(Exception failure) => failure is VimException and not VimFaultException or OpsKitException { OutcomeUnknown: true } or OpsKitException { Kind: FailureKind.Unreachable };

    /// <summary>Lets a moment pass, or gives up.</summary>
    public async Task PauseAsync(string busy, VimFaultException? refused, CancellationToken cancellationToken)
    {
        if (!HasPatience)
            throw new OpsKitException(FailureKind.Failed, $"{busy}{(options.Wait > TimeSpan.Zero ? $"; waited {Durations.Words(options.Wait)}" : "")}", target.Name, "try again when it is over, or raise wait", refused);
        doors.Progress($"waits: {busy}");
        await Task.Delay(Again, doors.JumpHost.Clock, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Which of its datastores has no room for a snapshot; null where all have.</summary>
    private async Task<string?> NarrowAsync(ChangeTrackingState state, CancellationToken cancellationToken)
    {
        var queries = await doors.QueriesAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false);
        return MachineObstacles.OfSpace(await ChangeTrackingReader.SpaceAsync(queries, state.Machine, cancellationToken).ConfigureAwait(false), options.FreePercent).FirstOrDefault();
    }

    /// <summary>The machine as it is now.</summary>
    public async Task<ChangeTrackingState> LookAsync(CancellationToken cancellationToken) =>
        await ChangeTrackingReader.LookAsync(await doors.QueriesAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false), machine, cancellationToken).ConfigureAwait(false)
            ?? throw new OpsKitException(FailureKind.Failed, "exists no more", target.Name);

    private sealed class Shares(IApplyingDoors doors, string what) : IProgress<TaskProgress>
    {
        public void Report(TaskProgress value)
        {
            if (value.Percent is { } percent and < 100)
                doors.Progress(what, percent / 100.0);
        }
    }
}
