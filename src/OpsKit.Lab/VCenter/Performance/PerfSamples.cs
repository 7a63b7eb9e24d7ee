using System.Globalization;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Performance;

/// <summary>Performance of machines and hosts, made from what they are and do at each moment.</summary>
internal sealed class PerfSamples(LabInventory inventory, LimitHistory history)
{
    private const int RealTime = 20;
    private const int MostRealTime = 180;

    public static IReadOnlyList<PerfMetricId> Available(object entity) => entity switch
    {
        LabMachine machine =>
        [
            .. new[] { PerfCounters.CpuUsage, PerfCounters.CpuUsageMhz, PerfCounters.CpuReady, PerfCounters.MemUsage, PerfCounters.MemConsumed, PerfCounters.DiskUsage, PerfCounters.NetUsage, PerfCounters.Uptime }.Select(counter => Metric(counter, "")),
            .. machine.Disks.SelectMany(disk => new[] { PerfCounters.ReadsPerSecond, PerfCounters.WritesPerSecond, PerfCounters.ReadRate, PerfCounters.WriteRate, PerfCounters.ReadLatency, PerfCounters.WriteLatency }.Select(counter => Metric(counter, MachineDevices.Slot(disk)))),
        ],
        LabHost host =>
        [
            .. new[] { PerfCounters.CpuUsage, PerfCounters.CpuUsageMhz, PerfCounters.MemUsage, PerfCounters.MemConsumed, PerfCounters.NetUsage, PerfCounters.Uptime }.Select(counter => Metric(counter, "")),
            .. host.PNics.Select(nic => Metric(PerfCounters.NetUsage, nic.Device)),
        ],
        _ => [],
    };

    public PerfEntityMetricBase? Query(ManagedObjectReference reference, object entity, PerfQuerySpec spec)
    {
        var interval = spec.IntervalId ?? RealTime;
        var times = Times(entity, spec, interval);
        var wanted = spec.MetricId.Count == 0 ? Available(entity) : [.. spec.MetricId.SelectMany(metric => Matching(entity, metric))];
        if (wanted.Count == 0)
            return null;
        var series = wanted.Select(metric => (metric, times.Select(at => Value(entity, metric, at)).ToList())).ToList();
        if (spec.Format == "csv")
        {
            return new PerfEntityMetricCSV
            {
                Entity = reference,
                SampleInfoCSV = string.Join(',', times.Select(at => $"{interval},{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}")),
                Value = [.. series.Select(row => new PerfMetricSeriesCSV { Id = row.metric, Value = string.Join(',', row.Item2) })],
            };
        }

        return new PerfEntityMetric
        {
            Entity = reference,
            SampleInfo = [.. times.Select(at => new PerfSampleInfo { Timestamp = at, Interval = interval })],
            Value = [.. series.Select(row => new PerfMetricIntSeries { Id = row.metric, Value = row.Item2 })],
        };
    }

    private static PerfMetricId Metric(int counter, string instance) => new() { CounterId = counter, Instance = instance };

    private static IEnumerable<PerfMetricId> Matching(object entity, PerfMetricId asked) =>
        Available(entity).Where(metric => metric.CounterId == asked.CounterId && (asked.Instance is "*" || (asked.Instance ?? "") == metric.Instance));

    /// <summary>Ends of the samples, the oldest first; none from before the entity started.</summary>
    private List<DateTimeOffset> Times(object entity, PerfQuerySpec spec, int interval)
    {
        var now = inventory.Clock.GetUtcNow();
        var end = spec.EndTime is { } asked && asked < now ? asked : now;
        var last = DateTimeOffset.FromUnixTimeSeconds(end.ToUnixTimeSeconds() / interval * interval);
        var most = interval == RealTime ? MostRealTime : 288;
        if (spec.MaxSample is > 0 and var fewer)
            most = Math.Min(most, fewer);
        var begin = spec.StartTime ?? DateTimeOffset.MinValue;
        var (running, since) = entity switch
        {
            LabMachine machine => (machine.PowerState == "poweredOn" && machine.Host.ConnectionState == "connected", machine.BootTime ?? now),
            LabHost host => (host.ConnectionState == "connected", host.BootTime),
            _ => (false, now),
        };
        var times = new List<DateTimeOffset>();
        for (var at = last; running && times.Count < most && at > begin && at >= since; at = at.AddSeconds(-interval))
            times.Add(at);
        times.Reverse();
        return times;
    }

    private long Value(object entity, PerfMetricId metric, DateTimeOffset at) => entity switch
    {
        LabMachine machine => OfMachine(machine, metric, at),
        LabHost host => OfHost(host, metric, at),
        _ => 0,
    };

    private long OfMachine(LabMachine machine, PerfMetricId metric, DateTimeOffset at)
    {
        if (machine.Disks.Find(disk => MachineDevices.Slot(disk) == metric.Instance) is { } disk)
        {
            var sample = DiskLoad.Sample(machine, disk, at, history);
            return metric.CounterId switch
            {
                PerfCounters.ReadsPerSecond => (long)Math.Round(sample.Reads),
                PerfCounters.WritesPerSecond => (long)Math.Round(sample.Writes),
                PerfCounters.ReadRate => (long)Math.Round(sample.ReadKb),
                PerfCounters.WriteRate => (long)Math.Round(sample.WriteKb),
                _ => sample.LatencyMs,
            };
        }

        return metric.CounterId switch
        {
            PerfCounters.CpuUsage => 700,
            PerfCounters.CpuUsageMhz => machine.Cpus * 180,
            PerfCounters.CpuReady => 40,
            PerfCounters.MemUsage => 2000,
            PerfCounters.MemConsumed => machine.MemoryMb * 1024L * 7 / 10,
            PerfCounters.DiskUsage => (long)machine.Disks.Select(each => DiskLoad.Sample(machine, each, at, history)).Sum(sample => sample.ReadKb + sample.WriteKb),
            PerfCounters.NetUsage => 12 * machine.Cpus,
            PerfCounters.Uptime => (long)(at - (machine.BootTime ?? at)).TotalSeconds,
            _ => 0,
        };
    }

    private long OfHost(LabHost host, PerfMetricId metric, DateTimeOffset at)
    {
        var running = inventory.Whereabouts.On(host).Where(machine => machine.PowerState == "poweredOn").ToList();
        var capacity = HostHardware.Cores(host) * (long)HostHardware.Mhz;
        var used = Math.Min(running.Sum(machine => machine.Cpus * 180L), capacity);
        var consumed = running.Sum(machine => machine.MemoryMb * 1024L * 7 / 10);
        return metric.CounterId switch
        {
            PerfCounters.CpuUsage => used * 10_000 / capacity,
            PerfCounters.CpuUsageMhz => used,
            PerfCounters.MemUsage => Math.Min(9900, consumed * 10_000 / (host.MemoryBytes >> 10)),
            PerfCounters.MemConsumed => consumed,
            PerfCounters.NetUsage => metric.Instance is "" ? running.Sum(machine => 12L * machine.Cpus) : host.PNics.Exists(nic => nic.Device == metric.Instance && nic.LinkUp) ? running.Sum(machine => 3L * machine.Cpus) : 0,
            PerfCounters.Uptime => (long)(at - host.BootTime).TotalSeconds,
            _ => 0,
        };
    }
}
