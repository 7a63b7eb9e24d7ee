using OpsKit.Engine.Plans;

namespace OpsKit.Modules.Maintenance;

/// <summary>Whether a change whose outcome was lost has taken effect, by what is seen of the host. Pure.</summary>
internal static class MaintenanceStanding
{
    public static Standing Of(PlannedChange change, MaintenanceState state) => change.Id switch
    {
        MaintenancePlanner.EnterId => Mode(state, wanted: true),
        MaintenancePlanner.ExitId => Mode(state, wanted: false),
        MaintenancePlanner.RebootId => Restart(change, state),
        _ => new Standing(Effect.NotDone, "waited for again"),
    };

    private static Standing Mode(MaintenanceState state, bool wanted)
    {
        var seen = state.InMaintenanceMode ? "in maintenance mode" : "in service";
        if (state.InMaintenanceMode == wanted)
            return new Standing(Effect.Done, seen);
        return state.TaskUnderWay is { } task ? new Standing(Effect.UnderWay, task) : new Standing(Effect.NotDone, seen);
    }

    private static Standing Restart(PlannedChange change, MaintenanceState state)
    {
        if (state.ConnectionState != "connected")
            return new Standing(Effect.UnderWay, $"the host is {state.ConnectionState}");
        if (RestartChange.BootTimeBefore(change) is not { } before || state.BootTime is not { } booted)
            return new Standing(Effect.Unknown, "the host is connected, and the server does not say when it started");
        if (RestartChange.HasRestarted(before, booted))
            return new Standing(Effect.Done, $"started {MaintenancePlanner.Instant(booted)}");
        return state.TaskUnderWay is { } task
            ? new Standing(Effect.UnderWay, task)
            : new Standing(Effect.NotDone, $"runs since {MaintenancePlanner.Instant(booted)}");
    }
}
