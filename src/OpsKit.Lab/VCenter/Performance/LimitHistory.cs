using System.Runtime.CompilerServices;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.VCenter.Performance;

/// <summary>The I/O limits a disk had, so that samples of the past show what was in force then.</summary>
internal sealed class LimitHistory
{
    private readonly ConditionalWeakTable<LabDisk, List<(DateTimeOffset From, long Limit)>> _limits = [];

    /// <summary>Told before a limit changes.</summary>
    public void Changes(LabDisk disk, long limit, DateTimeOffset at)
    {
        if (disk.IopsLimit == limit)
            return;
        var limits = _limits.GetOrCreateValue(disk);
        if (limits.Count == 0)
            limits.Add((DateTimeOffset.MinValue, disk.IopsLimit));
        limits.Add((at, limit));
    }

    public long At(LabDisk disk, DateTimeOffset at)
    {
        if (!_limits.TryGetValue(disk, out var limits))
            return disk.IopsLimit;
        var last = limits.FindLastIndex(change => change.From <= at);
        return limits[Math.Max(0, last)].Limit;
    }
}
