using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Plans;

/// <summary>Cuts a step's targets into batches. Pure: every target is in exactly one, in order.</summary>
public static class Batching
{
    /// <summary>The batches, as places in <paramref name="targets"/>.</summary>
    /// <param name="targets">The targets in order.</param>
    /// <param name="sizes">How many at a time, the last repeated; empty for one by one.</param>
    /// <param name="by">What is counted.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Cut(IReadOnlyList<Target> targets, IReadOnlyList<BatchSize> sizes, BatchBy by)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(sizes);
        var units = targets.Select((target, place) => (Place: place, Unit: UnitOf(target, by)))
            .GroupBy(item => item.Unit, StringComparer.OrdinalIgnoreCase)
            .Select(unit => unit.Select(item => item.Place).ToList())
            .ToList();
        var batches = new List<IReadOnlyList<int>>();
        for (var taken = 0; taken < units.Count;)
        {
            var size = sizes.Count == 0 ? new BatchSize(1) : sizes[Math.Min(batches.Count, sizes.Count - 1)];
            var count = size.Of(units.Count, units.Count - taken);
            batches.Add([.. units.Skip(taken).Take(count).SelectMany(unit => unit)]);
            taken += count;
        }

        return batches;
    }

    private static string UnitOf(Target target, BatchBy by) => by switch
    {
        BatchBy.Cluster => $"cluster {target.VCenter}/{target.Cluster ?? target.Name}",
        BatchBy.Enclosure => $"enclosure {target.Enclosure ?? target.Name}",
        _ => target.LockKey,
    };
}
