using OpsKit.Engine.Verbs;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.Tasks;

/// <summary>Reads the tasks that an object has now or had in the last minutes.</summary>
internal static class RecentTaskReader
{
    /// <summary>The tasks, oldest first.</summary>
    /// <param name="queries">The vCenter.</param>
    /// <param name="entity">The object.</param>
    /// <param name="path">Its <c>recentTask</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<IReadOnlyList<RecentTask>> ReadAsync(
        VSphereQueries queries, ManagedObjectReference entity, PropertyPath<IReadOnlyList<ManagedObjectReference>> path, CancellationToken cancellationToken)
    {
        var found = await queries.Properties.GetAsync(entity, [path], cancellationToken).ConfigureAwait(false);
        var references = found.Get(path) ?? [];
        var tasks = await OfAsync(queries, references, cancellationToken).ConfigureAwait(false);
        return [.. references.Select(reference => tasks.GetValueOrDefault(reference.Value)).OfType<RecentTask>()];
    }

    /// <summary>Tasks by their ids, in one retrieval; those that the server has forgotten are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, RecentTask>> OfAsync(VSphereQueries queries, IEnumerable<ManagedObjectReference> references, CancellationToken cancellationToken)
    {
        var tasks = new Dictionary<string, RecentTask>(StringComparer.Ordinal);
        await foreach (var task in queries.Properties.RetrieveAsync(PropertyCollectorQuery.Of("Task", [.. references], TaskProperties.Info), cancellationToken).ConfigureAwait(false))
        {
            if (!task.IsGone && task.Get(TaskProperties.Info) is { } info)
                tasks[task.Reference.Value] = TaskOf(task.Reference.Value, info);
        }

        return tasks;
    }

    private static RecentTask TaskOf(string id, TaskInfo info) => new(
        id,
        info.DescriptionId ?? info.Name ?? "",
        info.State == TaskInfoState.Success ? RecentTaskState.Succeeded : info.State == TaskInfoState.Error ? RecentTaskState.Failed : RecentTaskState.UnderWay,
        info.State == TaskInfoState.Error ? info.Error?.LocalizedMessage ?? info.Error?.Fault?.TypeName ?? "no reason given" : null);
}
