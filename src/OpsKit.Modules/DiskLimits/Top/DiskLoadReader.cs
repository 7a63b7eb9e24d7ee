using OpsKit.Connections;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.DiskLimits;

/// <summary>Reads the real-time counters of machines' disks: samples of 20 s, which hosts keep for an hour. One call for each 50 machines, as pages are.</summary>
/// <param name="queries">The vCenter.</param>
/// <param name="counters">Its counters.</param>
internal sealed class DiskLoadReader(VSphereQueries queries, DiskCounters counters)
{
    /// <summary>The length of a real-time sample.</summary>
    public static readonly TimeSpan Sample = TimeSpan.FromSeconds(20);

    /// <summary>Hosts keep real-time samples for an hour.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private const int PageSize = 50;

    private readonly ManagedObjectReference _manager = queries.Content.PerfManager ?? throw new OpsKitException(FailureKind.Failed, "has no performance manager", queries.VCenter);

    /// <summary>The loads of machines' disks by machine and slot, each the average over the last samples. A machine without samples, such as one that does not run, is not in it.</summary>
    /// <param name="machines">The machines.</param>
    /// <param name="samples">How many samples of 20 s, 1 to 180.</param>
    /// <param name="after">Only samples that began at that moment or later, by the server's clock; null for any.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, DiskLoad>>> ReadAsync(
        IReadOnlyList<ManagedObjectReference> machines, int samples, DateTimeOffset? after, CancellationToken cancellationToken)
    {
        var loads = new Dictionary<string, IReadOnlyDictionary<string, DiskLoad>>(StringComparer.Ordinal);
        foreach (var page in machines.Chunk(PageSize))
        {
            var answers = await queries.Queries.QueryPerfAsync(_manager, [.. page.Select(machine => Spec(machine, samples))], cancellationToken).ConfigureAwait(false);
            foreach (var answer in answers.OfType<PerfEntityMetric>())
            {
                if (answer.Entity is { } entity && DiskSamples.Average(answer, counters, after) is { Count: > 0 } disks)
                    loads[entity.Value] = disks;
            }
        }

        return loads;
    }

    private PerfQuerySpec Spec(ManagedObjectReference machine, int samples) => new()
    {
        Entity = machine,
        IntervalId = (int)Sample.TotalSeconds,
        MaxSample = samples,
        Format = "normal",
        MetricId = [.. counters.All.Select(counter => new PerfMetricId { CounterId = counter, Instance = "*" })],
    };
}
