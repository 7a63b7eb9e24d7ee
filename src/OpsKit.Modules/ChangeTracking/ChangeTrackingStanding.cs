using OpsKit.Engine.Plans;
using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>Whether a change whose outcome was lost has taken effect, by what is seen of the machine and what was remembered. Pure.</summary>
internal static class ChangeTrackingStanding
{
    public static Standing Of(PlannedChange change, string? note, ChangeTrackingState? state) => state is null
        ? new Standing(Effect.Unknown, "the machine exists no more")
        : change.Id switch
        {
            ChangeTrackingPlanner.OnId => Flag(wanted: true, note, state),
            ChangeTrackingPlanner.OffId => Flag(wanted: false, note, state),
            ChangeTrackingPlanner.CycleOnId => Cycle(tracked: true, note, state),
            ChangeTrackingPlanner.CycleOffId => Cycle(tracked: false, note, state),
            _ => Clear(state),
        };

    /// <summary>Disks that are not yet as they are wanted; empty where a cycle did what it is for.</summary>
    public static IReadOnlyList<DiskTracking> Outstanding(ChangeTrackingState state, bool tracked) =>
        [.. DiskTracking.Of(state).Where(disk => tracked ? disk is { Obstacle: null, IsTracked: false } : !disk.IsUntracked)];

    private static Standing Flag(bool wanted, string? note, ChangeTrackingState state)
    {
        var seen = $"flag {ChangeTrackingPlanner.FlagOf(state)}";
        if (state.Flag == wanted)
            return new Standing(Effect.Done, seen);
        if (note is null)
            return new Standing(Effect.NotDone, "it was not asked for yet");
        var trail = TaskTrail.Parse(note);
        return trail.Own(state.Tasks.Where(MachineTasks.Reconfigures)) switch
        {
            { State: RecentTaskState.UnderWay } task => new Standing(Effect.UnderWay, $"{task.Id} is under way"),
            { State: RecentTaskState.Failed } task => new Standing(Effect.NotDone, $"{seen}; {task.Id} failed: {task.Error}"),
            { } task => new Standing(Effect.NotDone, $"{seen}; {task.Id} is over"),
            null when trail.Task is { } named => new Standing(Effect.NotDone, $"{seen}; vCenter has forgotten {named}"),
            null => new Standing(Effect.NotDone, $"{seen}; vCenter has no task of it") { MayStillCome = true },
        };
    }

    private static Standing Cycle(bool tracked, string? note, ChangeTrackingState state)
    {
        // The snapshot's name is on record before it is asked for: without it nothing was.
        if (note is null || StunTrail.Parse(note) is not { } trail)
            return new Standing(Effect.NotDone, "it was not asked for yet");
        if (state.Snapshots.Any(snapshot => snapshot.Name == trail.Snapshot))
            return new Standing(Effect.UnderWay, $"its snapshot {trail.Snapshot} is there and is to be removed");
        var create = CreateOf(trail, state.Tasks);
        if (create?.State == RecentTaskState.UnderWay)
            return new Standing(Effect.UnderWay, $"{create.Id} makes its snapshot");
        if (trail.Made is not null && state.Tasks.FirstOrDefault(task => task.State == RecentTaskState.UnderWay && (MachineTasks.RemovesSnapshot(task) || MachineTasks.Consolidates(task))) is { } other)
            return new Standing(Effect.UnderWay, $"{other.Id} is under way");
        if (state.ConsolidationNeeded == true && (trail.Made is not null || create is not null))
            return new Standing(Effect.UnderWay, "its snapshot is gone, and its disks are still to be consolidated");
        var left = Outstanding(state, tracked);
        var untraced = trail.Create is null && trail.Made is null && create is null;
        if (left.Count == 0 && untraced)
            return new Standing(Effect.UnderWay, $"all is as wanted, and a request for snapshot {trail.Snapshot} may still be on its way");
        if (left.Count == 0)
            return new Standing(Effect.Done, tracked ? DiskTracking.Count(DiskTracking.Of(state)) : "no disk tracked");
        var seen = $"{left.Count} {(left.Count == 1 ? "disk is" : "disks are")} not as wanted";
        if (create?.State == RecentTaskState.Failed)
            return new Standing(Effect.NotDone, $"{seen}; {create.Id} failed: {create.Error}");
        return untraced
            ? new Standing(Effect.NotDone, $"{seen}; there is no snapshot {trail.Snapshot}") { MayStillCome = true }
            : new Standing(Effect.NotDone, $"{seen}; its snapshot {trail.Snapshot} is gone");
    }

    private static Standing Clear(ChangeTrackingState state) => state.Snapshots.Any(snapshot => snapshot.Name.StartsWith(SnapshotKinds.Prefix, StringComparison.Ordinal))
        ? new Standing(Effect.NotDone, "a snapshot of an earlier run is there")
        : new Standing(Effect.Done, "none left");

    /// <summary>The cycle's own task that makes its snapshot.</summary>
    internal static RecentTask? CreateOf(StunTrail trail, IEnumerable<RecentTask> tasks) => trail.Create is { } known
        ? tasks.FirstOrDefault(task => task.Id == known)
        : tasks.FirstOrDefault(task => MachineTasks.MakesSnapshot(task) && !trail.Before.Contains(task.Id, StringComparer.Ordinal));
}
