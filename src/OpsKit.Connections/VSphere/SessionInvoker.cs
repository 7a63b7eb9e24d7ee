using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Connections.VSphere;

/// <summary>
/// Sends a session's requests: a bounded number at once, queries again after transport errors, everything once more after a session that
/// expired (the server did not execute what it answered "not authenticated"). A change is never sent twice for any other reason.
/// </summary>
internal sealed class SessionInvoker(
    ISoapInvoker soap, SessionLogin login, VSphereErrors errors, VSpherePipelines pipelines, int maxRequestsInFlight, TimeProvider clock) : ISoapInvoker, IDisposable
{
    private readonly SemaphoreSlim _slots = new(maxRequestsInFlight, maxRequestsInFlight);
    private readonly ConcurrentDictionary<(string Operation, string Type), bool> _notPermitted = new();
    private long _lastActivity = clock.GetTimestamp();
    private int _inFlight;

    /// <summary>How long no request has been in flight; zero while one is.</summary>
    internal TimeSpan IdleFor => Volatile.Read(ref _inFlight) > 0 ? TimeSpan.Zero : clock.GetElapsedTime(Volatile.Read(ref _lastActivity));

    public Task<T> InvokeAsync<T>(VimRequest request, Func<VimReader, T> readResponse, CancellationToken cancellationToken) =>
        RunAsync(request, token => soap.InvokeAsync(request, readResponse, token), cancellationToken);

    /// <summary>Only the beginning is tried again: what has been handed out cannot be taken back.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        VimRequest request, Func<VimReader, IEnumerable<T>> readResponse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (parts, more) = await RunAsync(request, token => BeginAsync(request, readResponse, cancellationToken, token), cancellationToken).ConfigureAwait(false);
        await using var closing = parts.ConfigureAwait(false);
        Interlocked.Increment(ref _inFlight);
        try
        {
            for (; more; more = await MoveAsync(parts).ConfigureAwait(false))
                yield return parts.Current;
        }
        finally
        {
            Settle();
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task<(IAsyncEnumerator<T> Parts, bool More)> BeginAsync<T>(
        VimRequest request, Func<VimReader, IEnumerable<T>> readResponse, CancellationToken whole, CancellationToken beginning)
    {
        beginning.ThrowIfCancellationRequested();
        var parts = soap.StreamAsync(request, readResponse, whole).GetAsyncEnumerator(whole);
        try
        {
            return (parts, await parts.MoveNextAsync().ConfigureAwait(false));
        }
        catch
        {
            await parts.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<bool> MoveAsync<T>(IAsyncEnumerator<T> parts)
    {
        try
        {
            return await parts.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (errors.Translate(e) is { } said)
                throw said;
            throw;
        }
    }

    private async Task<T> RunAsync<T>(VimRequest request, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await pipelines.For(request.Kind)
                .ExecuteAsync(token => new ValueTask<T>(LoggedInAsync(request, send, token)), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (errors.Translate(e, request) is { } said)
                throw said;
            throw;
        }
    }

    private async Task<T> LoggedInAsync<T>(VimRequest request, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        var generation = login.Generation;
        try
        {
            return await CountedAsync(request, send, cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException e) when (IsNotAuthenticated(e))
        {
            // Servers give this fault for a lacking privilege, too: then a new login changes nothing and must not be repeated.
            var subject = (request.Operation, request.Self.Type);
            if (generation == login.Generation && _notPermitted.ContainsKey(subject))
                throw errors.NotPermitted(request, login.User, e);
            if (!await login.RenewIfEndedAsync(generation, cancellationToken).ConfigureAwait(false))
            {
                if (login.IsProven)
                    _notPermitted.TryAdd(subject, true);
                throw errors.NotPermitted(request, login.User, e);
            }

            try
            {
                return await CountedAsync(request, send, cancellationToken).ConfigureAwait(false);
            }
            catch (VimFaultException again) when (IsNotAuthenticated(again))
            {
                _notPermitted.TryAdd(subject, true);
                throw errors.NotPermitted(request, login.User, again);
            }
        }
    }

    private async Task<T> CountedAsync<T>(VimRequest request, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        // A call that merely waits for news would keep the others out.
        var counts = request is not WaitForUpdatesExRequest;
        if (counts)
            await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _inFlight);
        try
        {
            var answer = await send(cancellationToken).ConfigureAwait(false);
            login.IsProven = true;
            return answer;
        }
        finally
        {
            Settle();
            if (counts)
                _slots.Release();
        }
    }

    private void Settle()
    {
        Volatile.Write(ref _lastActivity, clock.GetTimestamp());
        Interlocked.Decrement(ref _inFlight);
    }

    private static bool IsNotAuthenticated(VimFaultException e) => e.Fault is NotAuthenticated || e.FaultType == nameof(NotAuthenticated);
}
