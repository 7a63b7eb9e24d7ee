using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>Which recent tasks of a machine are of which kind. Servers spell their ids differently: <c>VirtualMachine.createSnapshot</c>, <c>CreateSnapshot_Task</c>. Pure.</summary>
internal static class MachineTasks
{
    public static bool Reconfigures(RecentTask task) => Says(task, "reconfig");

    public static bool MakesSnapshot(RecentTask task) => Says(task, "createSnapshot");

    public static bool RemovesSnapshot(RecentTask task) => Says(task, "removeSnapshot") || (Says(task, "snapshot.remove") && !Says(task, "createSnapshot"));

    public static bool Consolidates(RecentTask task) => Says(task, "consolidate");

    /// <summary>The first task under way.</summary>
    public static RecentTask? UnderWay(IEnumerable<RecentTask> tasks) => tasks.FirstOrDefault(task => task.State == RecentTaskState.UnderWay);

    private static bool Says(RecentTask task, string word) => task.Operation.Contains(word, StringComparison.OrdinalIgnoreCase);
}
