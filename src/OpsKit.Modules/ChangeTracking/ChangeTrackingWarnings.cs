using OpsKit.Connections.Yaml;
using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>What an operator should know before tracking is changed, and of what is tracked. Pure.</summary>
internal static class ChangeTrackingWarnings
{
    /// <summary>Of a change.</summary>
    public static IEnumerable<string> Of(ChangeTrackingState state, ChangeTrackingOptions options, ChangeTrackingFacts facts, SnapshotKinds kinds, bool stuns, DateTimeOffset now)
    {
        var patience = options.Wait > TimeSpan.Zero ? $"the change waits up to {Durations.Words(options.Wait)} for its end" : "the change does not wait for its end";
        foreach (var task in state.Tasks.Where(task => task.State == RecentTaskState.UnderWay))
            yield return $"a task is under way on it: {task.Operation} ({task.Id}); {patience}";
        if (kinds.AtWork(now).ToList() is { Count: > 0 } backups)
            yield return $"a backup is under way: {SnapshotKinds.Words(backups, now)}; {patience}";
        if (options.Goal != TrackingGoal.Disabled)
        {
            if (kinds.Others.Count > 0)
                yield return $"it has {(kinds.Others.Count == 1 ? "a snapshot" : "snapshots")}: {SnapshotKinds.Words(kinds.Others, now)}; what was written before tracking began cannot be told by it";
            foreach (var disk in DiskTracking.Of(state).Where(disk => disk.Obstacle is not null))
                yield return $"{disk.Disk.Name} stays without tracking: {disk.Obstacle}";
            foreach (var fault in Faults(state, facts))
                yield return fault;
        }

        if (options.Goal == TrackingGoal.Reset)
            yield return "the next backup of it reads everything: what was known of its changes is lost";
        if (!state.Machine.IsPoweredOn)
            yield return $"it does not run ({state.Machine.PowerState}): the change {ChangeTrackingPlanner.Effect(state)}";
        if (stuns && state.Host?.Version?.StartsWith("4.", StringComparison.Ordinal) == true && state.Datastores.Any(datastore => datastore.IsNfs))
            yield return $"its host has ESX {state.Host.Version} and a disk of it is on NFS: removing a snapshot there can freeze it for a while";
    }

    /// <summary>Known faults that concern a machine, each with its disks.</summary>
    public static IEnumerable<string> Faults(ChangeTrackingState state, ChangeTrackingFacts facts)
    {
        foreach (var fault in facts.Faults)
        {
            var concerned = DiskTracking.Of(state).Where(disk => disk.Obstacle is null && fault.Concerns(state.Host?.Version, state.Host?.Build, disk.Disk.CapacityBytes)).ToList();
            if (concerned.Count > 0)
                yield return $"{fault.Id} concerns {string.Join(", ", concerned.Select(disk => disk.Disk.Label))} on ESXi {state.Host?.Version} build {state.Host?.Build ?? "not told"}: {fault.What}. {Capital(fault.Remedy)}";
        }
    }

    private static string Capital(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];
}
