using OpsKit.Engine.Plans;
using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.Maintenance;

/// <summary>Whether a change whose outcome was lost has taken effect, by what is seen of the host and what was remembered. Pure.</summary>
internal static class MaintenanceStanding
{
    public static Standing Of(PlannedChange change, string? note, MaintenanceState state) => change.Id switch
    {
        MaintenancePlanner.EnterId or MaintenancePlanner.ExitId => Mode(change.Id, note, state),
        MaintenancePlanner.RebootId => Restart(note, state),
        _ => new Standing(Effect.NotDone, "waited for again"),
    };

    private static Standing Mode(string change, string? note, MaintenanceState state)
    {
        var seen = state.InMaintenanceMode ? "in maintenance mode" : "in service";
        if (state.InMaintenanceMode == (change == MaintenancePlanner.EnterId))
            return new Standing(Effect.Done, seen);
        return NotAsked(note) ?? Task(TaskTrail.Parse(note!), change, state) switch
        {
            { State: RecentTaskState.UnderWay } task => new Standing(Effect.UnderWay, Words(task)),
            { } task => new Standing(Effect.NotDone, $"{seen}; {Words(task)}"),
            null => Unseen(note!, seen),
        };
    }

    private static Standing Restart(string? note, MaintenanceState state)
    {
        if (NotAsked(note) is { } certain)
            return certain;
        var trail = TaskTrail.Parse(note!);
        var task = Task(trail, MaintenancePlanner.RebootId, state);
        if (task?.State == RecentTaskState.Failed)
            return new Standing(Effect.NotDone, Words(task));
        if (state.ConnectionState != "connected")
            return new Standing(Effect.UnderWay, $"the host is {state.ConnectionState}");
        if (RestartChange.BootTimeBefore(trail) is not { } before || state.BootTime is not { } booted)
        {
            return task is null && trail.Task is null
                ? Unseen(note!, "the host is connected, and the server does not say when it started")
                : new Standing(Effect.Unknown, "a restart was asked for, the host is connected, and the server does not say when it started");
        }

        // That a host which has restarted is ready, too, is for the change to wait for.
        if (RestartChange.HasRestarted(before, booted))
            return new Standing(Effect.UnderWay, $"started {MaintenancePlanner.Instant(booted)}");
        var since = $"runs since {MaintenancePlanner.Instant(booted)}";
        return task is null
            ? Unseen(note!, since)
            : new Standing(Effect.UnderWay, $"{since}; {Words(task)}, and the host is about to go down");
    }

    /// <summary>What the change remembers before it asks is on record first: without it nothing was asked for.</summary>
    private static Standing? NotAsked(string? note) => note is null ? new Standing(Effect.NotDone, "it was not asked for yet") : null;

    private static RecentTask? Task(TaskTrail trail, string change, MaintenanceState state) => trail.Own(HostOperations.Of(change, state.Tasks));

    /// <summary>A task that was named and is forgotten is long over; one that was never named may not have begun yet.</summary>
    private static Standing Unseen(string note, string seen) => TaskTrail.Parse(note).Task is { } named
        ? new Standing(Effect.NotDone, $"{seen}; vCenter has forgotten {named}")
        : new Standing(Effect.NotDone, $"{seen}; vCenter has no task of it") { MayStillCome = true };

    private static string Words(RecentTask task) => task.State switch
    {
        RecentTaskState.UnderWay => $"{task.Id} is under way",
        RecentTaskState.Succeeded => $"{task.Id} is over",
        _ => $"{task.Id} failed: {task.Error}",
    };
}
