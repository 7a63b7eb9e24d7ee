using System.Collections.Concurrent;

namespace OpsKit.Modules.DiskLimits;

/// <summary>How many reconfigurations a step has under way on one host: a host takes them one after the other, and hundreds at once only fill its queue.</summary>
internal sealed class InFlight
{
    /// <summary>The most at a time on one host.</summary>
    public const int MostOnHost = 4;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for a place; it is given back when disposed of.</summary>
    public async Task<IDisposable> EnterAsync(string vCenter, string host, CancellationToken cancellationToken)
    {
        var places = _hosts.GetOrAdd($"{vCenter}/{host}", static _ => new SemaphoreSlim(MostOnHost, MostOnHost));
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Place(places);
    }

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                places.Release();
        }
    }
}
