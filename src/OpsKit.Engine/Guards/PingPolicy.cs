using OpsKit.Connections.Yaml;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Guards;

/// <summary>
/// Judges probes. Breached: enough targets are lost for certain. Inconclusive: enough would be, if all that is not known were a loss (nothing
/// heard yet, this machine held up), or all targets fell silent together, which is more likely this machine's own network than theirs. Healthy: not even
/// then. A breach stays one: an outage that a change has caused is not undone by its end. A silence that all shared is held against none of them.
/// </summary>
internal sealed class PingPolicy
{
    private readonly PingGuardSpec _spec;
    private readonly PingTally[] _targets;
    private readonly long _limit;
    private readonly int _needed;
    private readonly TimeSpan _patience;
    private TimeSpan? _latestAnswer;
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
    public void Add(int target, long sequence, Heard heard)
    {
        var tally = _targets[target];
        tally.Add(sequence, heard);
        if (tally.LastAnswer is not { } answered || answered <= _latestAnswer)
            return;
        if (Several && _latestAnswer is { } before && answered - before > _spec.Interval * _limit)
        {
            foreach (var other in _targets)
                other.Excuse(answered);
        }

        _latestAnswer = answered;
    }

    /// <summary>Judges.</summary>
    /// <param name="now">The time since the schedule began.</param>
    /// <param name="begun">Whether the first step has begun. Before, nothing has been changed, and even a single target's silence means this machine's own network where nothing else answers.</param>
    public Judgement Judge(TimeSpan now, bool begun)
    {
        if (_breach is { } breach)
            return breach;
        if (_targets.Length == 0)
            return new(Verdict.Inconclusive, "empty", "there is no address to watch");
        var lost = _targets.Where(target => target.LastAnswer is not null && target.Held >= _limit).ToList();
        var certain = begun && (_spec.ShareOfTargets == 1 || !Several) ? lost : lost.FindAll(IsAlone);
        if (certain.Count >= _needed)
        {
            _breach = new(Verdict.Breached, "lost", Lost(certain));
            return _breach.Value;
        }

        if (lost.Count >= _needed)
            return new(Verdict.Inconclusive, "all silent", $"{All()} fell silent{(begun ? " together" : " before the first step")}, and nothing else answers: look at this machine's own network");
        var silent = _targets.Where(target => target.LastAnswer is null).ToList();
        var unheard = _targets.Where(target => target.LastAnswer is not null && target.Held < _limit && target.Possible(now, _patience) >= _limit).ToList();
        if (lost.Count + silent.Count + unheard.Count >= _needed)
            return Unsure(silent, unheard);
        return new(Verdict.Healthy, "", Healthy(lost.Count + silent.Count + unheard.Count));
    }

    /// <summary>Whether targets can be told from this machine: two at least have answered.</summary>
    private bool Several => _targets.Count(target => target.LastAnswer is not null) > 1;

    /// <summary>Others went on answering until its losses were all but enough: few that it lost alone, before a silence of all, are not.</summary>
    private bool IsAlone(PingTally target) => _latestAnswer > target.HeldBegan + (_spec.Interval * Math.Max(0, _limit - 2));

    private Judgement Unsure(List<PingTally> silent, List<PingTally> unheard)
    {
        if (!_targets.Any(target => target.HasBeenHeard))
            return new(Verdict.Inconclusive, "no samples", "there are no samples yet");
        if (unheard.Find(target => target.Run >= _limit) is not null)
            return new(Verdict.Inconclusive, "not back", $"{Names(unheard)} {(unheard.Count == 1 ? "is" : "are")} not back after a silence that all targets shared");
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
