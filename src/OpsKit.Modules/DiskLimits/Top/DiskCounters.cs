using OpsKit.Connections;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.DiskLimits;

/// <summary>The ids that a server's counters of virtual disks have: they differ from server to server, their names do not. Since vSphere 4.1.</summary>
internal sealed record DiskCounters
{
    private const string Group = "virtualDisk";

    /// <summary>Read requests a second.</summary>
    public required int Reads { get; init; }

    /// <summary>Write requests a second.</summary>
    public required int Writes { get; init; }

    /// <summary>KB read a second; null where the server has no such counter.</summary>
    public int? ReadKb { get; init; }

    /// <summary>KB written a second; null where the server has no such counter.</summary>
    public int? WriteKb { get; init; }

    /// <summary>Milliseconds a read takes; null where the server has no such counter.</summary>
    public int? ReadLatency { get; init; }

    /// <summary>Milliseconds a write takes; null where the server has no such counter.</summary>
    public int? WriteLatency { get; init; }

    /// <summary>Those the server has.</summary>
    public IReadOnlyList<int> All => [Reads, Writes, .. new[] { ReadKb, WriteKb, ReadLatency, WriteLatency }.OfType<int>()];

    /// <summary>Finds the counters.</summary>
    /// <exception cref="OpsKitException">The server has none of virtual disks.</exception>
    public static async Task<DiskCounters> FindAsync(VSphereQueries queries, CancellationToken cancellationToken)
    {
        var manager = queries.Content.PerfManager ?? throw new OpsKitException(FailureKind.Failed, "has no performance manager", queries.VCenter);
        return Of(await queries.Properties.GetAsync(manager, PerformanceManagerProperties.PerfCounter, cancellationToken).ConfigureAwait(false) ?? [])
            ?? throw new OpsKitException(FailureKind.Failed, "has no counters of virtual disks; those came with vSphere 4.1", queries.VCenter);
    }

    /// <summary>The counters among all of a server; null where it has none of virtual disks.</summary>
    public static DiskCounters? Of(IReadOnlyList<PerfCounterInfo> counters)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var counter in counters)
        {
            if (counter is { Key: { } id, NameInfo.Key: { } name, GroupInfo.Key: Group } && counter.RollupType == PerfSummaryType.Average)
                ids.TryAdd(name, id);
        }

        int? Id(string name) => ids.TryGetValue(name, out var id) ? id : null;
        return Id("numberReadAveraged") is { } reads && Id("numberWriteAveraged") is { } writes
            ? new DiskCounters { Reads = reads, Writes = writes, ReadKb = Id("read"), WriteKb = Id("write"), ReadLatency = Id("totalReadLatency"), WriteLatency = Id("totalWriteLatency") }
            : null;
    }
}
