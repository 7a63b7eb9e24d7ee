using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;
using OpsKit.Vim25;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>Takes a snapshot off a machine, found by its name, and sees to it that its disks are whole again. What fails is tried again: a snapshot that stays grows.</summary>
internal sealed class SnapshotRemovalChange(IApplyingDoors doors, VSphereSession session, Target target, ManagedObjectReference machine, MachineCalm calm)
{
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Removes the snapshot; nothing happens where it is gone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="started">Told each task that is to remove it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OpsKitException">It could not be removed; it is still there.</exception>
    public async Task RemoveAsync(string name, Action<ManagedObjectReference> started, CancellationToken cancellationToken)
    {
        Exception? last = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var state = await CalmAsync(cancellationToken).ConfigureAwait(false);
            if (state.Snapshots.FirstOrDefault(snapshot => snapshot.Name == name) is not { } snapshot)
                return;
            try
            {
                await calm.RunAsync(
                    session,
                    "removes its snapshot",
                    token => session.Changes.RemoveSnapshotTaskAsync(new ManagedObjectReference("VirtualMachineSnapshot", snapshot.Id), removeChildren: false, consolidate: true, token),
                    started,
                    cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is VimException || MachineCalm.IsLost(failure))
            {
                // Whether it was removed all the same is what the next look tells.
                last = failure;
                doors.Progress($"its snapshot was not removed: {failure.Message}");
                await Task.Delay(Pause, doors.JumpHost.Clock, cancellationToken).ConfigureAwait(false);
            }
        }

        var seen = await calm.LookAsync(cancellationToken).ConfigureAwait(false);
        if (seen.Snapshots.Any(snapshot => snapshot.Name == name))
        {
            throw new OpsKitException(
                FailureKind.Failed,
                $"its snapshot {name} could not be removed in {Attempts} attempts, and is still there: {last?.Message}",
                target.Name,
                "remove it in vCenter; the next change of its tracking begins with that, too",
                last);
        }
    }

    /// <summary>Consolidates the machine's disks where that is needed.</summary>
    /// <returns>Whether it was.</returns>
    /// <exception cref="OpsKitException">They still need it.</exception>
    public async Task<bool> ConsolidateAsync(CancellationToken cancellationToken)
    {
        Exception? last = null;
        for (var attempt = 0; attempt <= Attempts; attempt++)
        {
            var state = await CalmAsync(cancellationToken).ConfigureAwait(false);
            if (state.ConsolidationNeeded != true)
                return attempt > 0;
            if (attempt == Attempts)
                break;
            try
            {
                await calm.RunAsync(session, "consolidates its disks", token => session.Changes.ConsolidateVMDisksTaskAsync(machine, token), static _ => { }, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is VimException || MachineCalm.IsLost(failure))
            {
                last = failure;
                doors.Progress($"its disks were not consolidated: {failure.Message}");
                await Task.Delay(Pause, doors.JumpHost.Clock, cancellationToken).ConfigureAwait(false);
            }
        }

        throw new OpsKitException(
            FailureKind.Failed, $"its snapshot is gone, but its disks still need to be consolidated{(last is null ? "" : $": {last.Message}")}", target.Name, "consolidate them in vCenter", last);
    }

    /// <summary>The machine once no removal and no consolidation is under way on it: an earlier attempt may have begun one.</summary>
    private async Task<ChangeTrackingState> CalmAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = await calm.LookAsync(cancellationToken).ConfigureAwait(false);
            if (state.Tasks.FirstOrDefault(task => task.State == RecentTaskState.UnderWay && (MachineTasks.RemovesSnapshot(task) || MachineTasks.Consolidates(task))) is not { } task)
                return state;
            try
            {
                await session.Tasks.WaitAsync(new ManagedObjectReference("Task", task.Id), cancellationToken: cancellationToken).ConfigureAwait(false);
            }
            catch (VimFaultException)
            {
                // What came of it is looked at.
            }
        }
    }
}
