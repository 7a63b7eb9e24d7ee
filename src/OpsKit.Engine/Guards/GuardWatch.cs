using OpsKit.Connections;
using OpsKit.Connections.Probes;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Runs;

namespace OpsKit.Engine.Guards;

/// <summary>The guards of a run at work: samplers beside the steps, and what the policies make of their samples.</summary>
public sealed class GuardWatch : IGuardWatch, IWatchdog
{
    /// <summary>How often guards are looked at without a sample: windows close, and a sampler that stands still sends none.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly WatchTime _time;
    private readonly WatchedGuard[] _guards;
    private readonly GuardState[] _states;
    private readonly string[] _causes;
    private readonly CancellationTokenSource _stop;
    private readonly Task[] _samplers;
    private Task _glances = Task.CompletedTask;
    private TaskCompletionSource _change = NewChange();

    private GuardWatch(WatchedGuard[] guards, WatchTime time, CancellationToken cancellationToken)
    {
        (_guards, _time) = (guards, time);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _samplers = [.. guards.Select(_ => Task.CompletedTask)];
        _causes = [.. guards.Select(_ => "not judged yet")];
        _states = [.. guards.Select(guard => new GuardState(guard.Name, Verdict.Inconclusive, "not judged yet", time.Clock.GetUtcNow()))];
    }

    /// <inheritdoc/>
    public GuardState? Worst => All.MaxBy(state => state.Verdict);

    /// <inheritdoc/>
    public IReadOnlyList<GuardState> All
    {
        get
        {
            Judge();
            lock (_gate)
                return [.. _states];
        }
    }

    /// <summary>What the ping guards saw of each target so far.</summary>
    public IReadOnlyList<TargetOutage> Statistics => [.. _guards.SelectMany(guard => guard.Statistics)];

    /// <inheritdoc/>
    public int Addresses => _guards.OfType<PingWatch>().Sum(guard => guard.Statistics.Count);

    /// <inheritdoc/>
    public TimeSpan CleanFor => _guards.OfType<PingWatch>().Select(guard => guard.CleanFor).OfType<TimeSpan>().DefaultIfEmpty().Min();

    /// <inheritdoc/>
    public IReadOnlyList<TargetLosses> Since(long timestamp)
    {
        var moment = _time.At(timestamp);
        return [.. _guards.OfType<PingWatch>().SelectMany(guard => guard.Since(moment))];
    }

    /// <summary>Starts the samplers. Returns at once.</summary>
    /// <param name="specs">The guards of the playbook.</param>
    /// <param name="pingTargets">By the name of a ping guard, what it watches: targets with a port by TCP, the others by ICMP.</param>
    /// <param name="doors">What guards reach the world with.</param>
    /// <param name="keep">Is handed every sample, from several threads. If it throws, the guard cannot tell any more.</param>
    /// <param name="cancellationToken">Ends the samplers, as disposing does.</param>
    /// <exception cref="OpsKitException">Kind Usage: the jump host does not know the time zone of a window.</exception>
    public static GuardWatch Start(
        IReadOnlyList<GuardSpec> specs,
        IReadOnlyDictionary<string, IReadOnlyList<ProbeTarget>> pingTargets,
        GuardDoors doors,
        Action<GuardSample> keep,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(specs);
        ArgumentNullException.ThrowIfNull(pingTargets);
        ArgumentNullException.ThrowIfNull(doors);
        ArgumentNullException.ThrowIfNull(keep);
        var time = new WatchTime(doors.Clock);
        var watch = new GuardWatch(
            [.. specs.Select(WatchedGuard (spec) => spec switch
            {
                PingGuardSpec ping => new PingWatch(ping, pingTargets.GetValueOrDefault(ping.Name) ?? [], doors, time, keep),
                CommandGuardSpec command => new CommandWatch(command, doors, time, keep),
                WindowGuardSpec window => new WindowWatch(window, doors.Clock),
                FailuresGuardSpec failures => new FailuresWatch(failures),
                _ => throw new ArgumentException($"there is no guard {spec.GetType().Name}", nameof(specs)),
            })],
            time,
            cancellationToken);
        watch.Run();
        return watch;
    }

    /// <summary>
    /// Watches for a while before the first step, so that what is silent anyway is told from what falls silent. Call it once, before the first
    /// step: until then, all targets silent at once are not held against the run.
    /// </summary>
    /// <param name="length">How long at least; longer where a guard has nothing to judge by yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task BaselineAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        await _time.UntilAsync(_time.Now + length, cancellationToken).ConfigureAwait(false);
        for (var place = 0; place < _guards.Length; place++)
            await Task.WhenAny(_guards[place].FirstHeard, _samplers[place]).WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var guard in _guards)
            guard.BeginSteps();
        Judge();
    }

    /// <inheritdoc/>
    public Task WaitForChangeAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _change.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void TargetFailed(string name)
    {
        foreach (var guard in _guards)
            guard.TargetFailed(name);
        Judge();
    }

    /// <summary>Ends the samplers and waits for them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll([.. _samplers, _glances]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Run()
    {
        Judge();
        foreach (var (place, guard) in _guards.Index())
            _samplers[place] = Task.Run(() => guard.RunAsync(() => Judge(place), _stop.Token), CancellationToken.None);
        if (_guards.Length > 0)
            _glances = GlanceAsync();
    }

    private async Task GlanceAsync()
    {
        while (true)
        {
            await _time.UntilAsync(_time.Now + Glance, _stop.Token).ConfigureAwait(false);
            Judge();
        }
    }

    private void Judge()
    {
        for (var place = 0; place < _guards.Length; place++)
            Judge(place);
    }

    private void Judge(int place)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            var judgement = JudgementOf(place);
            var before = _states[place];
            if (before.Verdict == judgement.Verdict && _causes[place] == judgement.Cause)
            {
                if (before.Reason != judgement.Reason)
                    _states[place] = before with { Reason = judgement.Reason };
                return;
            }

            _states[place] = new GuardState(before.Guard, judgement.Verdict, judgement.Reason, _time.Clock.GetUtcNow());
            _causes[place] = judgement.Cause;
            changed = _change;
            _change = NewChange();
        }

        changed.TrySetResult();
    }

    private Judgement JudgementOf(int place)
    {
        var judgement = _guards[place].Judge();
        if (judgement.Verdict == Verdict.Breached || _samplers[place] is not { IsFaulted: true, Exception.InnerException: { } failure })
            return judgement;
        return new(Verdict.Inconclusive, "ended", $"it cannot go on: {failure.Message}");
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
