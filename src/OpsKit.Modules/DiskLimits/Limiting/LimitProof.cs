using System.Globalization;
using OpsKit.Connections;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualDisks;
using OpsKit.Vim25;

namespace OpsKit.Modules.DiskLimits;

/// <summary>Reads a machine's counters before and after a change, so that its effect is shown. What cannot be measured is said; the change is made all the same.</summary>
internal sealed class LimitProof(IApplyingDoors doors, VSphereQueries queries, ManagedObjectReference machine, TimeSpan window)
{
    /// <summary>A sample is there some seconds after its end.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private IReadOnlyDictionary<string, DiskLoad>? _before;
    private string? _failure;

    private int Samples => (int)Math.Ceiling(window / DiskLoadReader.Sample);

    public async Task BeforeAsync(CancellationToken cancellationToken) => await TryAsync(async () =>
    {
        var reader = new DiskLoadReader(queries, await DiskCounters.FindAsync(queries, cancellationToken).ConfigureAwait(false));
        _before = await LoadAsync(reader, after: null, cancellationToken).ConfigureAwait(false);
        if (_before is null)
            _failure = "the server has no samples of it; does it run?";
    }).ConfigureAwait(false);

    /// <summary>What was measured, in a sentence.</summary>
    public async Task<string> AfterAsync(LimitOrder order, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, DiskLoad>? after = null;
        if (_failure is null)
            await TryAsync(async () => after = await WaitAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        var measured = after is null || _before is null
            ? $"not measured: {_failure ?? "the server has no samples since the change"}"
            : $"measured over {window.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s before and after: {Words(order, _before, after)}";
        doors.Progress(measured);
        return measured;
    }

    /// <summary>Only samples that began after the change, by the server's own clock.</summary>
    private async Task<IReadOnlyDictionary<string, DiskLoad>?> WaitAsync(CancellationToken cancellationToken)
    {
        var reader = new DiskLoadReader(queries, await DiskCounters.FindAsync(queries, cancellationToken).ConfigureAwait(false));
        var changed = await queries.Queries.CurrentTimeAsync(ManagedObjectReference.ServiceInstance, cancellationToken).ConfigureAwait(false);
        var clock = doors.JumpHost.Clock;
        IReadOnlyDictionary<string, DiskLoad>? seen = null;
        for (var began = clock.GetTimestamp(); clock.GetElapsedTime(began) < window + Late;)
        {
            doors.Progress("done; reads the counters after it", Math.Min(1, clock.GetElapsedTime(began) / (window + DiskLoadReader.Sample)));
            await Task.Delay(LookAgain, clock, cancellationToken).ConfigureAwait(false);
            seen = await LoadAsync(reader, changed, cancellationToken).ConfigureAwait(false) ?? seen;
            if (seen?.Values.Max(load => load.Samples) >= Samples)
                break;
        }

        return seen;
    }

    private async Task<IReadOnlyDictionary<string, DiskLoad>?> LoadAsync(DiskLoadReader reader, DateTimeOffset? after, CancellationToken cancellationToken) =>
        (await reader.ReadAsync([machine], Samples, after, cancellationToken).ConfigureAwait(false)).GetValueOrDefault(machine.Value);

    private static string Words(LimitOrder order, IReadOnlyDictionary<string, DiskLoad> before, IReadOnlyDictionary<string, DiskLoad> after)
    {
        var parts = new List<string>();
        foreach (var disk in order.Disks)
        {
            var slot = disk.Name.EndsWith(')') ? disk.Name[(disk.Name.LastIndexOf('(') + 1)..^1] : "";
            parts.Add(before.TryGetValue(slot, out var was) && after.TryGetValue(slot, out var now)
                ? string.Create(CultureInfo.InvariantCulture, $"{disk.Name} {was.Iops:0} → {now.Iops:0} IOPS{(was.Latency is { } first && now.Latency is { } second ? $", {first:0} → {second:0} ms" : "")}")
                : $"{disk.Name} has no counters");
        }

        return string.Join("; ", parts);
    }

    private async Task TryAsync(Func<Task> measure)
    {
        try
        {
            await measure().ConfigureAwait(false);
        }
        catch (OpsKitException unread)
        {
            _failure = unread.What;
        }
        catch (VimException unread)
        {
            _failure = unread.Message;
        }
    }
}
