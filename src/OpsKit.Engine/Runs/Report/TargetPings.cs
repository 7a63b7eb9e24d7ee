using OpsKit.Engine.Guards;

namespace OpsKit.Engine.Runs.Report;

/// <summary>What a ping guard saw of one address over a run. Samples come as they were kept: by the time of their answers, not of their sending.</summary>
/// <param name="guard">The guard's name.</param>
/// <param name="target">The address's name.</param>
/// <param name="interval">From one probe to the next; null where the playbook no longer tells.</param>
/// <param name="patience">How long after a probe its outcome may still come.</param>
internal sealed class TargetPings(string guard, string target, TimeSpan? interval, TimeSpan patience)
{
    /// <summary>More probes missing in a row than this are a gap that no outage is reckoned over.</summary>
    private const long LongestGap = 100_000;

    private readonly PriorityQueue<Heard, TimeSpan> _waiting = new();
    private readonly List<(int Life, PingBuckets Buckets)> _buckets = [];
    private PingTally? _tally;
    private TimeSpan _last;
    private long _sequence;
    private DateTimeOffset _watchBegan;
    private double _roundTrips;
    private double _lateness;

    public string Guard => guard;

    public string Target => target;

    public long Sent { get; private set; }

    public long Lost { get; private set; }

    /// <summary>Probes this machine was too late to send, or too late to hear of.</summary>
    public long Unsent { get; private set; }

    public TimeSpan LongestOutage { get; private set; }

    /// <summary>When the first probe lost of the longest outage was due; null where none was lost.</summary>
    public DateTimeOffset? OutageBegan { get; private set; }

    public long Answered { get; private set; }

    public double SlowestMs { get; private set; }

    public double MeanRoundTripMs => Answered == 0 ? 0 : _roundTrips / Answered;

    /// <summary>How late the sampler itself was, at worst.</summary>
    public double LatestMs { get; private set; }

    public double MeanLateMs => Sent + Unsent == 0 ? 0 : _lateness / (Sent + Unsent);

    /// <summary>The slots, by the life of the run they are of.</summary>
    public IReadOnlyList<(int Life, PingBuckets Buckets)> Buckets => _buckets;

    /// <summary>Adds a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="life">The life of the run it is of.</param>
    /// <param name="began">When that life began.</param>
    /// <param name="slots">How many slots of time it may have.</param>
    public void Add(GuardSample sample, int life, DateTimeOffset began, int slots)
    {
        if (_buckets.Count == 0 || _buckets[^1].Life != life)
        {
            Finish();
            _buckets.Add((life, new PingBuckets(began, slots)));
        }

        _buckets[^1].Buckets.Add(sample);
        var due = TimeSpan.FromMilliseconds(sample.OffsetMs - sample.LateMs);
        _watchBegan = sample.At - TimeSpan.FromMilliseconds(sample.OffsetMs);
        Count(sample);
        _waiting.Enqueue(sample switch { { Sent: false } => Heard.Nothing, { Answered: true } => Heard.Answer, _ => Heard.Loss }, due);
        while (_waiting.TryPeek(out _, out var first) && first < due - patience)
            Release();
    }

    /// <summary>No more samples come of the life at hand.</summary>
    public void Finish()
    {
        while (_waiting.Count > 0)
            Release();
        Conclude();
    }

    private void Conclude()
    {
        if (_tally is { } tally && tally.LongestBegan is { } outage && (OutageBegan is null || tally.LongestOutage > LongestOutage))
            (LongestOutage, OutageBegan) = (tally.LongestOutage, _watchBegan + outage);
        _tally = null;
    }

    private void Count(GuardSample sample)
    {
        _lateness += Math.Max(0, sample.LateMs);
        LatestMs = Math.Max(LatestMs, sample.LateMs);
        if (!sample.Sent)
        {
            Unsent++;
            return;
        }

        Sent++;
        if (!sample.Answered)
        {
            Lost++;
            return;
        }

        Answered++;
        _roundTrips += sample.RoundTripMs ?? 0;
        SlowestMs = Math.Max(SlowestMs, sample.RoundTripMs ?? 0);
    }

    /// <summary>Hands the earliest probe to the tally; probes of which nothing is on file go before it as such.</summary>
    private void Release()
    {
        _waiting.TryDequeue(out var heard, out var due);
        var steps = _tally is null || interval is not { } from ? 1 : Math.Max(1, (long)Math.Round((due - _last) / from));
        if (steps > LongestGap)
            Conclude();
        if (_tally is null)
            (_tally, _sequence, steps) = (new PingTally(target, due, interval ?? TimeSpan.Zero), -1, 1);
        for (; steps > 1; steps--)
            _tally.Add(++_sequence, Heard.Nothing);
        _tally.Add(++_sequence, heard);
        _last = due > _last || _sequence == 0 ? due : _last;
    }
}
