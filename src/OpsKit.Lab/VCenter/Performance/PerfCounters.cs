using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Performance;

/// <summary>The counters offered, with the keys and words a vCenter uses.</summary>
internal static class PerfCounters
{
    public const int CpuUsage = 2;
    public const int CpuUsageMhz = 6;
    public const int CpuReady = 12;
    public const int MemUsage = 24;
    public const int MemConsumed = 98;
    public const int DiskUsage = 125;
    public const int NetUsage = 143;
    public const int Uptime = 155;
    public const int ReadsPerSecond = 173;
    public const int WritesPerSecond = 174;
    public const int ReadRate = 178;
    public const int WriteRate = 179;
    public const int ReadLatency = 180;
    public const int WriteLatency = 181;

    public static readonly IReadOnlyList<PerfCounterInfo> All =
    [
        Counter(CpuUsage, "usage", "Usage", "CPU usage as a percentage during the interval", "cpu", "CPU", "percent", PerfSummaryType.Average, PerfStatsType.Rate, 1),
        Counter(CpuUsageMhz, "usagemhz", "Usage in MHz", "CPU usage in megahertz during the interval", "cpu", "CPU", "megaHertz", PerfSummaryType.Average, PerfStatsType.Rate, 1),
        Counter(CpuReady, "ready", "Readiness", "Time that the virtual machine was ready, but could not get scheduled to run on the physical CPU", "cpu", "CPU", "millisecond", PerfSummaryType.Summation, PerfStatsType.Delta, 1),
        Counter(MemUsage, "usage", "Usage", "Percentage of host physical memory that has been consumed", "mem", "Memory", "percent", PerfSummaryType.Average, PerfStatsType.Absolute, 1),
        Counter(MemConsumed, "consumed", "Consumed", "Amount of host physical memory consumed", "mem", "Memory", "kiloBytes", PerfSummaryType.Average, PerfStatsType.Absolute, 1),
        Counter(DiskUsage, "usage", "Usage", "Aggregated disk I/O rate", "disk", "Disk", "kiloBytesPerSecond", PerfSummaryType.Average, PerfStatsType.Rate, 1),
        Counter(NetUsage, "usage", "Usage", "Network utilization (combined transmit-rates and receive-rates) during the interval", "net", "Network", "kiloBytesPerSecond", PerfSummaryType.Average, PerfStatsType.Rate, 1),
        Counter(Uptime, "uptime", "Uptime", "Total time elapsed, in seconds, since last system startup", "sys", "System", "second", PerfSummaryType.Latest, PerfStatsType.Absolute, 1),
        Counter(ReadsPerSecond, "numberReadAveraged", "Average read requests per second", "Average number of read commands issued per second to the virtual disk during the collection interval", "virtualDisk", "Virtual disk", "number", PerfSummaryType.Average, PerfStatsType.Rate, 1),
        Counter(WritesPerSecond, "numberWriteAveraged", "Average write requests per second", "Average number of write commands issued per second to the virtual disk during the collection interval", "virtualDisk", "Virtual disk", "number", PerfSummaryType.Average, PerfStatsType.Rate, 1),
        Counter(ReadRate, "read", "Read rate", "Average number of kilobytes read from the virtual disk each second during the collection interval", "virtualDisk", "Virtual disk", "kiloBytesPerSecond", PerfSummaryType.Average, PerfStatsType.Rate, 2),
        Counter(WriteRate, "write", "Write rate", "Average number of kilobytes written to the virtual disk each second during the collection interval", "virtualDisk", "Virtual disk", "kiloBytesPerSecond", PerfSummaryType.Average, PerfStatsType.Rate, 2),
        Counter(ReadLatency, "totalReadLatency", "Read latency", "Average amount of time for a read operation from the virtual disk", "virtualDisk", "Virtual disk", "millisecond", PerfSummaryType.Average, PerfStatsType.Absolute, 1),
        Counter(WriteLatency, "totalWriteLatency", "Write latency", "Average amount of time for a write operation to the virtual disk", "virtualDisk", "Virtual disk", "millisecond", PerfSummaryType.Average, PerfStatsType.Absolute, 1),
    ];

    /// <summary>Historical intervals; samples of 20 seconds are kept for an hour beside them.</summary>
    public static readonly IReadOnlyList<PerfInterval> Intervals =
    [
        Interval(1, 300, "Past day", 86_400), Interval(2, 1800, "Past week", 604_800), Interval(3, 7200, "Past month", 2_592_000), Interval(4, 86_400, "Past year", 31_536_000),
    ];

    private static PerfInterval Interval(int key, int period, string name, int length) =>
        new() { Key = key, SamplingPeriod = period, Name = name, Length = length, Level = 1, Enabled = true };

    private static PerfCounterInfo Counter(
        int key, string name, string label, string summary, string group, string groupLabel, string unit, PerfSummaryType rollup, PerfStatsType stats, int level) => new()
    {
        Key = key,
        NameInfo = new ElementDescription { Key = name, Label = label, Summary = summary },
        GroupInfo = new ElementDescription { Key = group, Label = groupLabel, Summary = groupLabel },
        UnitInfo = Unit(unit),
        RollupType = rollup,
        StatsType = stats,
        Level = level,
        PerDeviceLevel = level + 1,
    };

    private static ElementDescription Unit(string key) => key switch
    {
        "percent" => new ElementDescription { Key = key, Label = "%", Summary = "Percentage" },
        "megaHertz" => new ElementDescription { Key = key, Label = "MHz", Summary = "Megahertz" },
        "millisecond" => new ElementDescription { Key = key, Label = "ms", Summary = "Millisecond" },
        "kiloBytes" => new ElementDescription { Key = key, Label = "KB", Summary = "Kilobytes" },
        "kiloBytesPerSecond" => new ElementDescription { Key = key, Label = "KBps", Summary = "Kilobytes per second" },
        "second" => new ElementDescription { Key = key, Label = "s", Summary = "Second" },
        _ => new ElementDescription { Key = key, Label = "num", Summary = "Number" },
    };
}
