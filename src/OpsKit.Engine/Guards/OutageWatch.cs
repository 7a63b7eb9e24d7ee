using OpsKit.Connections.Probes;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Runs;

namespace OpsKit.Engine.Guards;

/// <summary>
/// Probes one address while a change touches what answers there, to measure how long it is silent. Judges nothing and stops nothing; its samples are part of
/// the run's record, as those of a guard of the name <see cref="GuardName"/>.
/// </summary>
public sealed class OutageWatch : IAsyncDisposable
{
    /// <summary>The name its samples go by.</summary>
    public const string GuardName = "stun";

    /// <summary>From one probe to the next: an outage is known to this, and one that is shorter may not be seen.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly PingWatch _ping;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _sampling;

    internal OutageWatch(ProbeTarget target, GuardDoors doors, WatchTime time, Action<GuardSample> keep)
    {
        var spec = new PingGuardSpec { Name = GuardName, At = "", Targets = [target.Address], Interval = Interval, Timeout = Interval * 10, ConsecutiveLosses = 1 };
        _ping = new PingWatch(spec, [target], doors, time, keep);
        _sampling = Task.Run(() => _ping.RunAsync(static () => { }, _end.Token), CancellationToken.None);
    }

    /// <summary>What was seen so far.</summary>
    public TargetOutage Seen => _ping.Statistics[0];

    /// <summary>Waits until the first probe was answered or lost.</summary>
    public Task FirstHeardAsync(CancellationToken cancellationToken) => _ping.FirstHeard.WaitAsync(cancellationToken);

    /// <summary>Stops probing; <see cref="Seen"/> stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _sampling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }
}
