using OpsKit.Connections.Probes;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Runs;

namespace OpsKit.Engine.Guards;

/// <summary>Probes the targets of a ping guard.</summary>
internal sealed class PingWatch : WatchedGuard
{
    private readonly Lock _gate = new();
    private readonly PingGuardSpec _spec;
    private readonly GuardDoors _doors;
    private readonly WatchTime _time;
    private readonly Action<GuardSample> _keep;
    private readonly ProbeTarget[] _targets;
    private readonly Dictionary<ProbeTarget, int> _places;
    private readonly PingPolicy _policy;
    private readonly HashSet<int> _unheard;
    private readonly TaskCompletionSource _firstHeard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan? _began;
    private bool _begun;

    public PingWatch(PingGuardSpec spec, IReadOnlyList<ProbeTarget> targets, GuardDoors doors, WatchTime time, Action<GuardSample> keep)
        : base(spec.Name)
    {
        (_spec, _doors, _time, _keep) = (spec, doors, time, keep);
        _targets = [.. targets.Distinct()];
        _places = _targets.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        _unheard = [.. Enumerable.Range(0, _targets.Length)];
        _policy = new PingPolicy(spec, [.. _targets.Select(target => target.Name)]);
        if (_targets.Length == 0)
            _firstHeard.SetResult();
    }

    public override Task FirstHeard => _firstHeard.Task;

    public override IReadOnlyList<TargetOutage> Statistics
    {
        get
        {
            lock (_gate)
            {
                return [.. _policy.Targets.Select(target => new TargetOutage(
                    Name, target.Name, target.Sent, target.Lost, target.LongestOutage.TotalMilliseconds, (_began + target.FirstLoss)?.TotalMilliseconds))];
            }
        }
    }

    /// <summary>How long every address has answered every probe; null where there is none to watch.</summary>
    public TimeSpan? CleanFor
    {
        get
        {
            lock (_gate)
                return _targets.Length == 0 ? null : _spec.Interval * _policy.Targets.Min(target => target.Clean);
        }
    }

    /// <summary>What each address has lost of the probes sent from a moment of the watch's time on.</summary>
    public IReadOnlyList<TargetLosses> Since(TimeSpan moment)
    {
        lock (_gate)
        {
            var began = _began ?? moment;
            return [.. _policy.Targets.Select(target =>
            {
                var (lost, longest, first) = target.LostSince(moment - began);
                return new TargetLosses(Name, target.Name, lost, longest, first is { } due ? _time.WallAt(began + due) : null, target.Run > 0);
            })];
        }
    }

    public override Judgement Judge()
    {
        lock (_gate)
            return _policy.Judge(_began is { } began ? _time.Now - began : TimeSpan.Zero, _begun);
    }

    public override void BeginSteps()
    {
        lock (_gate)
            _begun = true;
    }

    public override async Task RunAsync(Action heard, CancellationToken cancellationToken)
    {
        var start = _time.Clock.GetTimestamp();
        var began = _time.At(start);
        lock (_gate)
            _began = began;
        var series = new ProbeSeries(new EitherProbe(_doors), _targets, _spec.Interval, _spec.Timeout, _time.Clock);
        await foreach (var sample in series.RunAsync(start, cancellationToken).ConfigureAwait(false))
        {
            var outcome = OutcomeOf(sample);
            lock (_gate)
            {
                _policy.Add(_places[sample.Target], sample.Sequence, outcome);
                if (_unheard.Remove(_places[sample.Target]) && _unheard.Count == 0)
                    _firstHeard.SetResult();
            }

            heard();
            var sent = began + sample.Due + sample.Lateness;
            _keep(new GuardSample(
                Name,
                sample.Target.Name,
                sent.TotalMilliseconds,
                _time.WallAt(sent),
                outcome == Heard.Answer,
                outcome == Heard.Answer ? sample.Reply!.Value.RoundTrip.TotalMilliseconds : null,
                sample.Lateness.TotalMilliseconds,
                outcome != Heard.Nothing));
        }
    }

    /// <summary>A timeout that took much longer than it may was this machine standing still, and the answer may have come meanwhile.</summary>
    private Heard OutcomeOf(ProbeSample sample) => sample.Reply switch
    {
        null => Heard.Nothing,
        { Answered: true } => Heard.Answer,
        { Loss: "timed out" } reply when reply.RoundTrip > _spec.Timeout + Longer(_spec.Timeout, _spec.Interval) => Heard.Nothing,
        _ => Heard.Loss,
    };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed class EitherProbe(GuardDoors doors) : IProbe
    {
        public Task<ProbeReply> SendAsync(ProbeTarget target, TimeSpan timeout, CancellationToken cancellationToken) =>
            (target.Port > 0 ? doors.Tcp : doors.Icmp).SendAsync(target, timeout, cancellationToken);
    }
}
