using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.Maintenance;

/// <summary>Which recent tasks of a host are those of a change. Pure.</summary>
internal static class HostOperations
{
    /// <summary>The tasks that do what a change does.</summary>
    /// <param name="change">The change's id.</param>
    /// <param name="tasks">The host's tasks.</param>
    public static IReadOnlyList<RecentTask> Of(string change, IEnumerable<RecentTask> tasks) => [.. tasks.Where(task => Does(task, change))];

    /// <summary>Whether a task changes the host's maintenance mode or restarts it, now.</summary>
    public static bool IsUnderWay(RecentTask task) =>
        task.State == RecentTaskState.UnderWay && (Does(task, MaintenancePlanner.EnterId) || Does(task, MaintenancePlanner.ExitId) || Does(task, MaintenancePlanner.RebootId));

    /// <summary>Servers spell the ids of their tasks' descriptions and names differently: <c>HostSystem.reboot</c>, <c>RebootHost_Task</c>.</summary>
    private static bool Does(RecentTask task, string change)
    {
        var word = change switch
        {
            MaintenancePlanner.EnterId => "enterMaintenanceMode",
            MaintenancePlanner.ExitId => "exitMaintenanceMode",
            _ => "reboot",
        };
        return task.Operation.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
