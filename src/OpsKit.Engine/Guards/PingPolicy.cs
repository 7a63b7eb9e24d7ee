using OpsKit.Connections.Yaml;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Guards;

/// <summary>
/// Judges probes. Breached: enough targets are lost for certain. Inconclusive: enough would be, if all that is not known were a loss (nothing
/// heard yet, this machine held up). Healthy: not even then. A breach stays one: an outage that a change has caused is not undone by its end.
/// </summary>
internal sealed class PingPolicy
{
    private readonly PingGuardSpec _spec;
    private readonly PingTally[] _targets;
    private readonly long _limit;
    private readonly int _needed;
    private readonly TimeSpan _patience;
    private Judgement? _breach;

    /// <param name="spec">The guard.</param>
    /// <param name="targets">The names of its targets; their probes are spread over the interval in this order.</param>
    public PingPolicy(PingGuardSpec spec, IReadOnlyList<string> targets)
    {
        _spec = spec;
        _targets = [.. targets.Select((name, index) => new PingTally(name, spec.Interval * index / targets.Count, spec.Interval))];
        _limit = Math.Min(spec.ConsecutiveLosses, spec.Outage is { } outage ? (long)Math.Ceiling(outage / spec.Interval) + 1 : long.MaxValue);
        _needed = Math.Max(1, (int)Math.Ceiling((spec.ShareOfTargets ?? 0) * targets.Count));
        _patience = spec.Timeout + spec.Interval;
    }

    /// <summary>Each target's counts.</summary>
    public IReadOnlyList<PingTally> Targets => _targets;

    /// <summary>Adds the outcome of a probe of the target at a place.</summary>
    public void Add(int target, long sequence, Heard heard) => _targets[target].Add(sequence, heard);

    /// <summary>Judges.</summary>
    /// <param name="now">The time since the schedule began.</param>
    /// <param name="begun">Whether the first step has begun. Before, nothing has been changed, and all targets silent at once mean this machine's own network.</param>
    public Judgement Judge(TimeSpan now, bool begun)
    {
        if (_breach is { } breach)
            return breach;
        if (_targets.Length == 0)
            return new(Verdict.Inconclusive, "empty", "there is no address to watch");
        var lost = _targets.Where(target => target.LastAnswer is not null && target.Run >= _limit).ToList();
        if (lost.Count >= _needed)
        {
            if (!begun && !SomethingAnswersSince(lost.Max(target => target.RunBegan)))
                return new(Verdict.Inconclusive, "all silent", $"{All()} fell silent before the first step, and nothing else answers: look at this machine's own network");
            _breach = new(Verdict.Breached, "lost", Lost(lost));
            return _breach.Value;
        }

        var silent = _targets.Where(target => target.LastAnswer is null).ToList();
        var unheard = _targets.Where(target => target.LastAnswer is not null && target.Run < _limit && target.Possible(now, _patience) >= _limit).ToList();
        if (lost.Count + silent.Count + unheard.Count >= _needed)
            return Unsure(silent, unheard);
        return new(Verdict.Healthy, "", Healthy(lost.Count + silent.Count + unheard.Count));
    }

    private bool SomethingAnswersSince(TimeSpan due) => _targets.Any(target => target.LastAnswer > due);

    private Judgement Unsure(List<PingTally> silent, List<PingTally> unheard)
    {
        if (!_targets.Any(target => target.HasBeenHeard))
            return new(Verdict.Inconclusive, "no samples", "there are no samples yet");
        if (unheard.Count > 0)
            return new(Verdict.Inconclusive, "held up", $"this machine is held up: nothing was heard in time of {Names(unheard)}");
        return new(Verdict.Inconclusive, "silent " + string.Join(',', silent.Select(target => target.Name)), $"{Names(silent)} {(silent.Count == 1 ? "has" : "have")} not answered so far");
    }

    private string Lost(List<PingTally> lost)
    {
        var how = _limit == _spec.ConsecutiveLosses
            ? _limit == 1 ? "1 probe lost" : $"{_limit} probes in a row lost"
            : $"for {Durations.Format(_spec.Outage!.Value)}";
        var who = _spec.ShareOfTargets is null ? Names(lost) : $"{lost.Count} of {_targets.Length} targets ({Names(lost)})";
        return $"{who} {(lost.Count == 1 ? "does" : "do")} not answer: {how}";
    }

    private string Healthy(int missing) => missing == 0 ? $"{All()} answer{(_targets.Length == 1 ? "s" : "")}" : $"{_targets.Length - missing} of {_targets.Length} targets answer";

    private string All() => _targets.Length == 1 ? _targets[0].Name : $"all {_targets.Length} targets";

    private static string Names(List<PingTally> targets) =>
        string.Join(", ", targets.Take(3).Select(target => target.Name)) + (targets.Count > 3 ? $" and {targets.Count - 3} more" : "");
}
