namespace OpsKit.Cli.Terminals;

/// <summary>
/// What Ctrl-C and SIGTERM do: the first asks the work to stop in order, the second leaves at once. Both say so.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>How long an orderly stop (logging out of sessions) may take.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _leave = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _signals;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Completes with the second signal.</summary>
    public Task Leave => _leave.Task;

    /// <summary>Says something about the interruption; set once there is a terminal to say it on.</summary>
    public Action<string> Say { get; set; } = static _ => { };

    /// <summary>A signal has arrived.</summary>
    public void Raise()
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            Say($"interrupted: stopping and logging out (at most {Grace.TotalSeconds:0} s). Once more leaves at once; open sessions then stay on the servers until they time out.");
            _stop.Cancel();
        }
        else
        {
            Say("left at once; open sessions stay on the servers until they time out");
            _leave.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();
}
