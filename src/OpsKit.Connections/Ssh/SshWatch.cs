using OpsKit.Connections.Secrets;

namespace OpsKit.Connections.Ssh;

/// <summary>Tells the observer what was done, how long it took and how it ended.</summary>
internal sealed class SshWatch(SshTarget target, Action<SshExchange>? observer, Redactor redactor, TimeProvider clock)
{
    private static readonly Figures Nothing = new();

    internal async Task<T> TimeAsync<T>(SshExchangeKind kind, string what, Func<Task<T>> act, Func<T, Figures>? figures = null)
    {
        if (observer is null)
            return await act().ConfigureAwait(false);

        var started = clock.GetTimestamp();
        try
        {
            var result = await act().ConfigureAwait(false);
            Tell(kind, what, started, figures?.Invoke(result) ?? Nothing, null);
            return result;
        }
        catch (Exception e) when (e is OpsKitException or OperationCanceledException)
        {
            Tell(kind, what, started, Nothing, e.Message);
            throw;
        }
    }

    private void Tell(SshExchangeKind kind, string what, long started, Figures figures, string? failure) =>
        observer!(new SshExchange(target.Name, kind, redactor.Redact(what), clock.GetElapsedTime(started), figures.ExitStatus, figures.Received, figures.Sent, failure is null ? null : redactor.Redact(failure)));

    /// <summary>What a call moved.</summary>
    internal sealed record Figures(int? ExitStatus = null, long Received = 0, long Sent = 0);
}
