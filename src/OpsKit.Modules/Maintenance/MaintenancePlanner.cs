using System.Globalization;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Maintenance;

/// <summary>State and options to changes. Pure.</summary>
public static class MaintenancePlanner
{
    internal const string EnterId = "enter";
    internal const string RebootId = "reboot";
    internal const string HoldId = "hold";
    internal const string ExitId = "exit";

    /// <summary>What the step would do to the host.</summary>
    public static TargetPlan Plan(Target target, MaintenanceState state, MaintenanceOptions options)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        var changes = Changes(state, options).ToList();
        return new TargetPlan
        {
            Target = target,
            Observed = Observed(state),
            Changes = changes,
            Blockers = changes.Count == 0 ? [] : [.. Blockers(state, options)],
            Warnings = changes.Count == 0 ? [] : [.. Warnings(state, options)],
        };
    }

    private static SortedDictionary<string, string> Observed(MaintenanceState state) => new(StringComparer.Ordinal)
    {
        ["connection"] = state.ConnectionState,
        ["maintenance mode"] = state.InMaintenanceMode ? "yes" : "no",
        ["boot time"] = state.BootTime is { } booted ? Instant(booted) : "unknown",
        ["running VMs"] = state.Running.Count.ToString(CultureInfo.InvariantCulture),
        ["DRS"] = state.Drs ?? "none",
    };

    private static IEnumerable<PlannedChange> Changes(MaintenanceState state, MaintenanceOptions options)
    {
        var inside = state.InMaintenanceMode;
        var enters = options.Enter && !inside;
        if (enters)
        {
            yield return new PlannedChange
            {
                Id = EnterId,
                Summary = state.Running.Count == 0 ? "enter maintenance mode" : $"enter maintenance mode; {Machines(state.Running.Count)} to move away",
                Before = "in service",
                After = "in maintenance mode",
                Impact = Impact.MaintenanceMode,
            };
            inside = true;
        }

        if (options.Reboot)
        {
            yield return new PlannedChange
            {
                Id = RebootId,
                Summary = "restart, and wait until it is ready",
                Before = state.BootTime is { } booted ? $"started {Instant(booted)}" : "start time unknown",
                After = "restarted and ready",
                Impact = Impact.HostReboot,
            };
        }

        if (options.Hold is { } hold && (enters || !options.Enter) && inside)
        {
            yield return new PlannedChange
            {
                Id = HoldId,
                Summary = $"stay in maintenance mode for {Durations.Format(hold)}",
                Before = "in maintenance mode",
                After = $"waited {Durations.Format(hold)}",
                Impact = Impact.MaintenanceMode,
            };
        }

        // A host that somebody else put into maintenance mode is left there.
        if (options.Exit && (options.Enter ? enters : inside))
        {
            yield return new PlannedChange
            {
                Id = ExitId,
                Summary = "leave maintenance mode",
                Before = "in maintenance mode",
                After = "in service",
                Impact = Impact.None,
            };
        }
    }

    private static IEnumerable<string> Blockers(MaintenanceState state, MaintenanceOptions options)
    {
        if (state.ConnectionState != "connected")
            yield return $"the host is {state.ConnectionState}: reconnect it in vCenter first";
        if (state.Tasks.FirstOrDefault(HostOperations.IsUnderWay) is { } task)
            yield return $"a task is under way on it: {task.Operation} ({task.Id})";
        if (options.Enter && !state.InMaintenanceMode && state.Running.Count > 0)
        {
            if (state.Drs is null)
                yield return $"{Machines(state.Running.Count)} run on it and there is no DRS to move them: {Some(state.Running)}";
            else if (state.Drs != "fullyAutomated")
                yield return $"{Machines(state.Running.Count)} run on it and DRS is {state.Drs}: nobody would move them. Set DRS to fully automated, or move them: {Some(state.Running)}";
            else if (state.OthersReady == 0)
                yield return $"{Machines(state.Running.Count)} run on it and no other host of the cluster can take them";
        }

        if (options.Reboot && !options.Enter && !state.InMaintenanceMode)
            yield return "the host is not in maintenance mode; it is not restarted with virtual machines on it";
    }

    private static IEnumerable<string> Warnings(MaintenanceState state, MaintenanceOptions options)
    {
        if (options.Enter && state.OthersReady == 1)
            yield return "one other host of the cluster is ready: while this one is away, nothing can fail over";
        if (options.Enter && state.NotRunning > 0 && !options.EvacuatePoweredOff)
            yield return state.NotRunning == 1 ? "1 VM that does not run stays on it" : $"{Machines(state.NotRunning)} that do not run stay on it";
        if (options.Reboot && state.BootTime is null)
            yield return "the server does not say when the host started: that it was restarted is judged by its absence";
    }

    internal static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Machines(int count) => count == 1 ? "1 VM" : $"{count} VMs";

    private static string Some(IReadOnlyList<string> names) => names.Count <= 5 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(5))} and {names.Count - 5} more";
}
