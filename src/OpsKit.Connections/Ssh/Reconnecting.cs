using Polly;
using Polly.Retry;

namespace OpsKit.Connections.Ssh;

/// <summary>A host that is connected to again when the connection breaks, for commands that may be run twice without harm.</summary>
internal sealed class Reconnecting(string name, Func<CancellationToken, Task<SshSession>> connect, TimeSpan patience, TimeProvider clock) : IAsyncDisposable
{
    private SshSession? _session;
    private bool _connectedBefore;

    internal string Name => name;

    /// <summary>How often the connection was opened again.</summary>
    internal int Reconnections { get; private set; }

    /// <summary>Runs a command that may be run twice. Only unreachable hosts are tried again: a refused login or key stops.</summary>
    internal async Task<RemoteCommandResult> RunAsync(RemoteCommand command, string doing, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var again = new ResiliencePipelineBuilder<RemoteCommandResult> { TimeProvider = clock, Name = "ssh-reattach" }
            .AddRetry(new RetryStrategyOptions<RemoteCommandResult>
            {
                Name = "reattach",
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is OpsKitException { Kind: FailureKind.Unreachable } && _connectedBefore && clock.GetElapsedTime(started) < patience),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = TimeSpan.FromSeconds(15),
            })
            .Build();
        return await again.ExecuteAsync(async token => await OnceAsync(command, doing, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
            await _session.DisposeAsync().ConfigureAwait(false);
        _session = null;
    }

    private async Task<RemoteCommandResult> OnceAsync(RemoteCommand command, string doing, CancellationToken cancellationToken)
    {
        if (_session is null)
        {
            _session = await connect(cancellationToken).ConfigureAwait(false);
            Reconnections += _connectedBefore ? 1 : 0;
            _connectedBefore = true;
        }

        try
        {
            return await _session.RunAsync(command, doing, cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException e) when (e.Kind == FailureKind.Unreachable)
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
