using OpsKit.Vim25.Types;

namespace OpsKit.Modules.DiskLimits;

/// <summary>Samples of a machine's counters to what its disks did. Pure.</summary>
internal static class DiskSamples
{
    /// <summary>The averages by slot.</summary>
    /// <param name="metric">The machine's samples.</param>
    /// <param name="counters">The server's counters.</param>
    /// <param name="after">Only samples that began at that moment or later; null for any.</param>
    public static IReadOnlyDictionary<string, DiskLoad> Average(PerfEntityMetric metric, DiskCounters counters, DateTimeOffset? after)
    {
        var taken = new List<int>();
        for (var place = 0; place < metric.SampleInfo.Count; place++)
        {
            if (after is null || metric.SampleInfo[place].Timestamp - DiskLoadReader.Sample >= after)
                taken.Add(place);
        }

        var loads = new Dictionary<string, DiskLoad>(StringComparer.Ordinal);
        if (taken.Count == 0)
            return loads;
        var until = metric.SampleInfo[taken[^1]].Timestamp ?? default;
        foreach (var disk in metric.Value.OfType<PerfMetricIntSeries>().Where(series => series.Id?.Instance is { Length: > 0 }).GroupBy(series => series.Id!.Instance!, StringComparer.Ordinal))
        {
            var series = disk.GroupBy(one => one.Id!.CounterId ?? 0).ToDictionary(one => one.Key, one => one.First().Value);
            decimal? Of(int? counter) => counter is { } id && series.TryGetValue(id, out var values) ? Mean(values, taken) : null;
            if (Of(counters.Reads) is not { } reads || Of(counters.Writes) is not { } writes)
                continue;
            loads[disk.Key.ToLowerInvariant()] = new DiskLoad
            {
                Reads = reads, Writes = writes, ReadKb = Of(counters.ReadKb) ?? 0, WriteKb = Of(counters.WriteKb) ?? 0,
                ReadLatency = Of(counters.ReadLatency), WriteLatency = Of(counters.WriteLatency), Samples = taken.Count, Until = until,
            };
        }

        return loads;
    }

    /// <summary>A sample that a host missed is −1, and is none.</summary>
    private static decimal? Mean(IReadOnlyList<long> values, List<int> taken)
    {
        var there = taken.Where(place => place < values.Count && values[place] >= 0).Select(place => (decimal)values[place]).ToList();
        return there.Count == 0 ? null : there.Average();
    }
}
