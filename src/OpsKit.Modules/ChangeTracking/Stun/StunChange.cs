using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;
using OpsKit.Vim25;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>
/// Stuns a running machine by a snapshot without memory that is made and removed, and proves what came of it. Whatever happens on the way, the snapshot is
/// removed: a failure takes it off before it is told, an interruption asks for that before it leaves, and after a crash it is found by its name.
/// </summary>
internal sealed class StunChange(IApplyingDoors doors, VSphereSession session, Target target, ManagedObjectReference machine, MachineCalm calm)
{
    private const string Description = "Made to let a change of changed block tracking take effect, and removed at once. If it is still here, it can be removed.";

    /// <summary>How long a request may be on its way from whoever is gone, or whose answer was lost.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(15);

    /// <summary>How long an interrupted cycle sees to its snapshot.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private StunTrail? _trail;
    private bool _kept;

    private TimeProvider Clock => doors.JumpHost.Clock;

    private StunTrail Trail => _trail ?? throw new InvalidOperationException("nothing was asked for yet");

    private SnapshotRemovalChange Removal => new(doors, session, target, machine, calm);

    /// <summary>Stuns the machine, or takes up a cycle that an earlier attempt began.</summary>
    /// <param name="tracked">Whether its disks are to be tracked afterwards, or not.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    public async Task<ChangeResult> RunAsync(bool tracked, CancellationToken cancellationToken)
    {
        _trail = doors.Note is { } note ? StunTrail.Parse(note) : null;
        var attached = _trail is not null;
        var state = attached ? await calm.LookAsync(cancellationToken).ConfigureAwait(false) : await calm.WaitAsync(stuns: true, cancellationToken).ConfigureAwait(false);
        if (!attached && !state.Machine.IsPoweredOn)
            return new ChangeResult($"not stunned: it is {state.Machine.PowerState} now; the flag {ChangeTrackingPlanner.Effect(state)}");
        if (!attached && ChangeTrackingStanding.Outstanding(state, tracked).Count == 0)
            return new ChangeResult(Words(state, tracked), "not stunned by a snapshot: a migration or the like since the plan did it");
        if (!attached)
            Keep(new StunTrail { Snapshot = SnapshotKinds.NewName(Clock.GetUtcNow()), Before = [.. state.Tasks.Select(task => task.Id)] });

        var began = Clock.GetTimestamp();
        var stun = await StunLength.BeginAsync(doors, target, state.Address, cancellationToken).ConfigureAwait(false);
        await using (stun.ConfigureAwait(false))
        {
            var consolidated = await ThereAndBackAsync(attached, tracked, cancellationToken).ConfigureAwait(false);
            var seen = await new TrackingProof(doors, target, machine, token => session.Changes.RefreshStorageInfoAsync(machine, token)).ShowAsync(tracked, cancellationToken).ConfigureAwait(false);
            var length = Durations.Words(TimeSpan.FromSeconds(Math.Max(1, Math.Round(Clock.GetElapsedTime(began).TotalSeconds))));
            return new ChangeResult(seen, $"{stun.Words}; the cycle took {length}{(consolidated ? "; its disks were consolidated" : "")}");
        }
    }

    private static string Words(ChangeTrackingState state, bool tracked) => tracked ? DiskTracking.Count(DiskTracking.Of(state)) : "no disk tracked";

    private async Task<bool> ThereAndBackAsync(bool attached, bool tracked, CancellationToken cancellationToken)
    {
        try
        {
            if (!attached || !await FoundAsync(cancellationToken).ConfigureAwait(false))
            {
                var done = attached && ChangeTrackingStanding.Outstanding(await calm.LookAsync(cancellationToken).ConfigureAwait(false), tracked).Count == 0;
                if (!done)
                    await MakeAsync(cancellationToken).ConfigureAwait(false);
            }

            return await BackAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await LeaveNothingAsync(wait: false).ConfigureAwait(false);
            throw;
        }
        catch (Exception failure) when (!_kept && (failure is VimException or OpsKitException))
        {
            var (kind, what, next) = failure is OpsKitException known ? (known.Kind, known.What, known.Next) : (FailureKind.Failed, failure.Message, null);
            if (await LeaveNothingAsync(wait: true).ConfigureAwait(false))
                throw new OpsKitException(kind, $"stun: {what}; no snapshot of it is left", target.Name, next, failure);
            throw new OpsKitException(
                kind, $"stun: {what}; whether its snapshot {Trail.Snapshot} is left could not be seen", target.Name, "take the run up again: it looks for it", failure) { OutcomeUnknown = true };
        }
    }

    private async Task<bool> BackAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Removal.RemoveAsync(Trail.Snapshot, task => Keep(Trail with { Remove = task.Value }), cancellationToken).ConfigureAwait(false);
            return await Removal.ConsolidateAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException refused) when (!MachineCalm.IsLost(refused))
        {
            // It was tried often enough, and the reason says what is left.
            _kept = true;
            throw;
        }
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var info = await calm.RunAsync(
                session,
                "makes a snapshot without memory",
                token => session.Changes.CreateSnapshotTaskAsync(machine, Trail.Snapshot, memory: false, quiesce: false, Description, token),
                task => Keep(Trail with { Create = task.Value }),
                cancellationToken).ConfigureAwait(false);
            Keep(Trail with { Made = (info.Result as ManagedObjectReference)?.Value ?? "unnamed" });
        }
        catch (Exception lost) when (MachineCalm.IsLost(lost))
        {
            // The answer was lost, not the snapshot: it is found by its name.
            doors.Progress($"looks for its snapshot: {lost.Message}");
            if (!await FoundAsync(cancellationToken).ConfigureAwait(false))
                throw;
        }
    }

    /// <summary>Whether the snapshot was made by what was asked for before: it is there, or it is gone again, or the task that makes it is waited for.</summary>
    private async Task<bool> FoundAsync(CancellationToken cancellationToken)
    {
        var began = Clock.GetTimestamp();
        while (true)
        {
            var state = await calm.LookAsync(cancellationToken).ConfigureAwait(false);
            if (state.Snapshots.FirstOrDefault(snapshot => snapshot.Name == Trail.Snapshot) is { } there)
            {
                Keep(Trail with { Made = there.Id });
                return true;
            }

            if (Trail.Made is not null)
                return true;
            switch (ChangeTrackingStanding.CreateOf(Trail, state.Tasks))
            {
                case { State: RecentTaskState.UnderWay } task:
                    Keep(Trail with { Create = task.Id });
                    var info = await session.Tasks.WaitAsync(new ManagedObjectReference("Task", task.Id), cancellationToken: cancellationToken).ConfigureAwait(false);
                    Keep(Trail with { Made = (info.Result as ManagedObjectReference)?.Value ?? "unnamed" });
                    return true;
                case { State: RecentTaskState.Succeeded }:
                    return true;
                case { State: RecentTaskState.Failed }:
                    return false;
                case null when Clock.GetElapsedTime(began) >= OnItsWay:
                    return false;
            }

            await Task.Delay(Again, Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sees to it that no snapshot of the cycle stays.</summary>
    /// <param name="wait">Whether to wait until it is gone; else its removal is asked for and left to the server.</param>
    /// <returns>Whether none is left, or its removal was asked for.</returns>
    private async Task<bool> LeaveNothingAsync(bool wait)
    {
        using var end = new CancellationTokenSource(wait ? Farewell * 4 : Farewell, Clock);
        while (!end.IsCancellationRequested)
        {
            try
            {
                if (!await FoundAsync(end.Token).ConfigureAwait(false))
                    return true;
                if (wait)
                    await BackAsync(end.Token).ConfigureAwait(false);
                else
                    await AskForRemovalAsync(end.Token).ConfigureAwait(false);
                return true;
            }
            catch (Exception lost) when (MachineCalm.IsLost(lost))
            {
                await Task.Delay(Again * 5, Clock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception failure) when (failure is VimException or OpsKitException or OperationCanceledException)
            {
                return false;
            }
        }

        return false;
    }

    private async Task AskForRemovalAsync(CancellationToken cancellationToken)
    {
        var state = await calm.LookAsync(cancellationToken).ConfigureAwait(false);
        if (state.Snapshots.FirstOrDefault(snapshot => snapshot.Name == Trail.Snapshot) is not { } there
            || state.Tasks.Any(task => task.State == RecentTaskState.UnderWay && MachineTasks.RemovesSnapshot(task)))
        {
            return;
        }

        var reference = new ManagedObjectReference("VirtualMachineSnapshot", there.Id);
        if (await session.Changes.RemoveSnapshotTaskAsync(reference, removeChildren: false, consolidate: true, cancellationToken).ConfigureAwait(false) is { } task)
            Keep(Trail with { Remove = task.Value });
    }

    private void Keep(StunTrail trail)
    {
        _trail = trail;
        doors.Remember(trail.ToString());
    }
}
