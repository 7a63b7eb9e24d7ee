using System.Globalization;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>State and options to changes. Pure.</summary>
public static class ChangeTrackingPlanner
{
    internal const string ClearId = "clear";
    internal const string OffId = "off";
    internal const string CycleOffId = "cycle-off";
    internal const string OnId = "on";
    internal const string CycleOnId = "cycle-on";

    /// <summary>What the step would do to the machine.</summary>
    /// <param name="target">The machine.</param>
    /// <param name="state">What is seen of it.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="facts">Known faults, and names of backups' snapshots.</param>
    /// <param name="now">The time, to tell a backup's snapshot from one that was left behind.</param>
    public static TargetPlan Plan(Target target, ChangeTrackingState state, ChangeTrackingOptions options, ChangeTrackingFacts facts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(facts);
        if (state.Machine.Unread is { } unread)
            return new TargetPlan { Target = target, NotAssessed = unread };
        var plan = new TargetPlan { Target = target, Observed = Observed(state), Uses = UsesOf(target, state, options) };
        var kinds = SnapshotKinds.Of(state.Snapshots, facts);
        if (MachineObstacles.Lasting(state, facts) is { } lasting && IsWantedOf(state, options.Goal))
            return options.LeaveOut ? plan with { Warnings = [$"left out: {lasting}"] } : plan with { Blockers = [lasting] };
        var changes = Changes(state, options.Goal, kinds).ToList();
        return changes.Count == 0
            ? plan with { Warnings = [.. Idle(state, options.Goal)] }
            : plan with
            {
                Changes = changes,
                Blockers = [.. Blockers(state, options, kinds, Stuns(changes), now)],
                Warnings = [.. ChangeTrackingWarnings.Of(state, options, facts, kinds, Stuns(changes), now)],
            };
    }

    /// <summary>Whether there is anything of the goal that the machine does not have.</summary>
    private static bool IsWantedOf(ChangeTrackingState state, TrackingGoal goal) =>
        goal == TrackingGoal.Enabled || state.Flag == true || state.Machine.Disks.Any(disk => disk.ChangeId is not null);

    private static bool Stuns(IEnumerable<PlannedChange> changes) => changes.Any(change => change.Impact == Impact.Stun);

    private static SortedDictionary<string, string> Observed(ChangeTrackingState state) => new(StringComparer.Ordinal)
    {
        ["power"] = state.Machine.PowerState,
        ["flag"] = FlagOf(state),
        ["tracked"] = DiskTracking.Count(DiskTracking.Of(state)),
        ["snapshots"] = state.Snapshots.Count == 0 ? "none" : string.Join(", ", state.Snapshots.Select(snapshot => snapshot.Name)),
    };

    private static List<SharedUse> UsesOf(Target target, ChangeTrackingState state, ChangeTrackingOptions options)
    {
        var uses = state.Machine.Disks.Select(disk => disk.DatastoreId).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(id => new SharedUse($"datastore {target.VCenter}/{id}", options.PerDatastore)).ToList();
        if (state.Machine.HostId is { } host)
            uses.Insert(0, new SharedUse($"host {target.VCenter}/{host}", options.PerHost));
        return uses;
    }

    private static IEnumerable<PlannedChange> Changes(ChangeTrackingState state, TrackingGoal goal, SnapshotKinds kinds)
    {
        if (kinds.Own.Count > 0)
            yield return Clear(state, kinds.Own);
        var disks = DiskTracking.Of(state);
        var running = state.Machine.IsPoweredOn;
        var untracked = disks.Where(disk => disk.Obstacle is null).Any(disk => !disk.IsTracked);
        var tracked = disks.Any(disk => !disk.IsUntracked);
        switch (goal)
        {
            case TrackingGoal.Enabled:
                if (state.Flag != true)
                    yield return Flag(state, on: true);
                if (running && untracked)
                    yield return Cycle(state, disks, on: true);
                break;
            case TrackingGoal.Disabled:
                if (state.Flag != false && (state.Flag is not null || tracked))
                    yield return Flag(state, on: false);
                if (running && tracked)
                    yield return Cycle(state, disks, on: false);
                break;
            case TrackingGoal.Reset when state.Flag == true || tracked:
                yield return Flag(state, on: false);
                yield return Cycle(state, disks, on: false);
                yield return Flag(state, on: true) with { Before = "flag off" };
                yield return Cycle(state, disks, on: true) with { Before = "no disk tracked" };
                break;
        }
    }

    private static PlannedChange Clear(ChangeTrackingState state, IReadOnlyList<SnapshotSeen> left) => new()
    {
        Id = ClearId,
        Summary = $"remove what an earlier run left: {(left.Count == 1 ? "snapshot" : "snapshots")} {string.Join(", ", left.Select(snapshot => snapshot.Name))}",
        Before = $"{left.Count} left",
        After = "none left",
        Impact = state.Machine.IsPoweredOn ? Impact.Stun : Impact.None,
    };

    private static PlannedChange Flag(ChangeTrackingState state, bool on) => new()
    {
        Id = on ? OnId : OffId,
        Summary = $"switch changed block tracking {(on ? "on" : "off")}",
        Before = $"flag {FlagOf(state)}",
        After = $"flag {(on ? "on" : "off")}; {Effect(state)}",
        Impact = Impact.None,
    };

    private static PlannedChange Cycle(ChangeTrackingState state, IReadOnlyList<DiskTracking> disks, bool on)
    {
        var able = disks.Count(disk => disk.Obstacle is null);
        return new PlannedChange
        {
            Id = on ? CycleOnId : CycleOffId,
            Summary = "stun it: make a snapshot without memory and remove it",
            Before = DiskTracking.Count(disks),
            After = on ? string.Create(CultureInfo.InvariantCulture, $"{able} of {able} {(able == 1 ? "disk" : "disks")} tracked") : "no disk tracked",
            Impact = Impact.Stun,
        };
    }

    /// <summary>When a changed flag takes effect.</summary>
    internal static string Effect(ChangeTrackingState state) => state.Machine.PowerState switch
    {
        "poweredOn" => "takes effect with the stun that follows",
        "suspended" => "takes effect when it is resumed",
        _ => "takes effect when it is switched on",
    };

    internal static string FlagOf(ChangeTrackingState state) => state.Flag switch { true => "on", false => "off", null => "not told" };

    private static IEnumerable<string> Idle(ChangeTrackingState state, TrackingGoal goal)
    {
        if (goal == TrackingGoal.Reset)
            yield return "it is not tracked: there is nothing to reset";
        else if (goal == TrackingGoal.Enabled && DiskTracking.Of(state).Any(disk => disk is { Obstacle: null, IsTracked: false }))
            yield return $"the flag is on, and it does not run: it {Effect(state)}";
    }

    private static IEnumerable<string> Blockers(ChangeTrackingState state, ChangeTrackingOptions options, SnapshotKinds kinds, bool stuns, DateTimeOffset now)
    {
        foreach (var passing in MachineObstacles.Passing(state))
            yield return passing;
        if (options.Goal == TrackingGoal.Reset && !state.Machine.IsPoweredOn)
            yield return $"it does not run ({state.Machine.PowerState}): a reset takes two stuns, and only what runs is stunned";
        if (stuns && MachineObstacles.OfSnapshots(state) is { } device)
            yield return device;
        if (options.Goal != TrackingGoal.Disabled && !options.WithSnapshots && kinds.Others.Count > 0)
            yield return $"it has {(kinds.Others.Count == 1 ? "a snapshot" : $"{kinds.Others.Count} snapshots")}: {SnapshotKinds.Words(kinds.Others, now)}; tracking is clean from its start only without: remove {(kinds.Others.Count == 1 ? "it" : "them")}, or say with-snapshots";
        if (kinds.LeftBehind(now).ToList() is { Count: > 0 } left)
            yield return $"a backup left its snapshot behind: {SnapshotKinds.Words(left, now)}; remove it in the backup's own way";
        foreach (var space in stuns ? MachineObstacles.OfSpace(state.Datastores, options.FreePercent) : [])
            yield return space;
    }
}
