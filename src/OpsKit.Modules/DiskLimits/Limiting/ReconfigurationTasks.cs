using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;
using OpsKit.Vim25;

namespace OpsKit.Modules.DiskLimits;

/// <summary>The recent tasks of a machine that reconfigure it.</summary>
internal static class ReconfigurationTasks
{
    public static async Task<IReadOnlyList<RecentTask>> ReadAsync(VSphereQueries queries, ManagedObjectReference machine, CancellationToken cancellationToken) =>
        Of(await RecentTaskReader.ReadAsync(queries, machine, VirtualMachineProperties.RecentTask, cancellationToken).ConfigureAwait(false));

    /// <summary>Servers spell the ids of their tasks' descriptions and names differently: <c>VirtualMachine.reconfigure</c>, <c>ReconfigVM_Task</c>.</summary>
    public static IReadOnlyList<RecentTask> Of(IEnumerable<RecentTask> tasks) => [.. tasks.Where(task => task.Operation.Contains("reconfig", StringComparison.OrdinalIgnoreCase))];
}
