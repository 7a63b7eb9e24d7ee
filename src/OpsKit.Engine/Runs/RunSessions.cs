using System.Collections.Concurrent;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;

namespace OpsKit.Engine.Runs;

/// <summary>One session for each endpoint and run: opened when first asked for, shared by its targets, closed with the run.</summary>
internal sealed class RunSessions<TEndpoint, TSession>(Func<TEndpoint, CancellationToken, Task<TSession>> open, Func<TSession, bool> isUsable) : IAsyncDisposable
    where TEndpoint : Endpoint
    where TSession : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<TSession>>> _sessions = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _closing = new();

    /// <summary>The endpoint's session.</summary>
    public async Task<TSession> GetAsync(TEndpoint endpoint, CancellationToken cancellationToken)
    {
        // An enclosure has a session with each of its Onboard Administrators, under one name.
        var key = $"{endpoint.Name} {endpoint.Address}";
        while (true)
        {
            var opening = _sessions.GetOrAdd(key, _ => new Lazy<Task<TSession>>(() => open(endpoint, _closing.Token)));
            var entry = KeyValuePair.Create(key, opening);
            try
            {
                var session = await opening.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
                if (isUsable(session))
                    return session;
                if (_sessions.TryRemove(entry))
                    await session.DisposeAsync().ConfigureAwait(false);
            }
            catch (OpsKitException failure) when (failure.Kind == FailureKind.Unreachable)
            {
                // An endpoint that was away may be back for the next target; a refused login is not tried again.
                _sessions.TryRemove(entry);
                throw;
            }
        }
    }

    /// <summary>Closes all of them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        foreach (var session in _sessions.Values.Where(session => session.IsValueCreated))
        {
            var opened = session.Value;
            await ((Task)opened).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (opened.IsCompletedSuccessfully)
                await (await opened.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }

        _closing.Dispose();
    }
}
