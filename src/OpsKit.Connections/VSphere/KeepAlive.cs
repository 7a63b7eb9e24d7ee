using OpsKit.Vim25;

namespace OpsKit.Connections.VSphere;

/// <summary>Asks for the server's time when nothing else was asked for a while: a vCenter ends sessions after 30 idle minutes.</summary>
internal sealed class KeepAlive : IAsyncDisposable
{
    /// <summary>A third of the shortest idle time operators set.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(9);

    private static readonly ManagedObjectReference ServiceInstance = new("ServiceInstance", "ServiceInstance");

    private readonly VimQueries _queries;
    private readonly SessionInvoker _invoker;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    internal KeepAlive(ISoapInvoker soap, SessionInvoker invoker, TimeProvider clock)
    {
        _queries = new VimQueries(soap);
        _invoker = invoker;
        _clock = clock;
        _running = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var wait = Interval;
        while (true)
        {
            await Task.Delay(wait, _clock, _stop.Token).ConfigureAwait(false);
            wait = Interval - _invoker.IdleFor;
            if (wait > TimeSpan.Zero)
                continue;
            // What fails here fails again, and is reported, at the next real call.
            await ((Task)_queries.CurrentTimeAsync(ServiceInstance, _stop.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = Interval;
        }
    }
}
