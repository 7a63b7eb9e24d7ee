using System.Runtime.InteropServices;

namespace OpsKit.Engine.Guards;

/// <summary>What became of a probe.</summary>
internal enum Heard
{
    /// <summary>The target answered.</summary>
    Answer,

    /// <summary>It did not.</summary>
    Loss,

    /// <summary>This machine was held up: nothing can be told.</summary>
    Nothing,
}

/// <summary>Counts the probes of one target in the order they were due, whatever the order their answers come in.</summary>
/// <param name="name">The target's name.</param>
/// <param name="first">When its first probe is due.</param>
/// <param name="interval">From one to the next.</param>
internal sealed class PingTally(string name, TimeSpan first, TimeSpan interval)
{
    private readonly Dictionary<long, Heard> _ahead = [];
    private readonly List<LossRun> _runs = [];
    private TimeSpan _excusedUntil;
    private long _next;
    private long _unheard;
    private long _longest;

    public string Name => name;

    public long Sent { get; private set; }

    public long Lost { get; private set; }

    /// <summary>Losses since the last answer.</summary>
    public long Run { get; private set; }

    /// <summary>When the first probe lost since the last answer was due.</summary>
    public TimeSpan RunBegan { get; private set; }

    /// <summary>Losses since the last answer that are held against the target: not those of a silence that all targets shared.</summary>
    public long Held { get; private set; }

    /// <summary>When the first of the losses held against it was due.</summary>
    public TimeSpan HeldBegan { get; private set; }

    /// <summary>Probes answered since the last one that was lost; those of which nothing can be told neither count nor break it.</summary>
    public long Clean { get; private set; }

    /// <summary>When the first probe lost of the longest outage was due; null where none was lost.</summary>
    public TimeSpan? LongestBegan { get; private set; }

    /// <summary>When the first probe lost of all was due.</summary>
    public TimeSpan? FirstLoss { get; private set; }

    /// <summary>When the last probe answered was due; null where none was.</summary>
    public TimeSpan? LastAnswer { get; private set; }

    /// <summary>Whether anything was heard of it.</summary>
    public bool HasBeenHeard => _next > 0;

    public TimeSpan LongestOutage => interval * _longest;

    /// <summary>Adds a probe's outcome.</summary>
    public void Add(long sequence, Heard heard)
    {
        if (sequence < _next)
            return;
        _ahead[sequence] = heard;
        while (_ahead.Remove(_next, out var next))
            Count(next, DueOf(_next++));
    }

    /// <summary>Losses since the last answer if everything was lost of which nothing is known, although it should be by now.</summary>
    /// <param name="now">The time on the schedule's clock.</param>
    /// <param name="patience">How long after it was due a probe may be without an outcome.</param>
    public long Possible(TimeSpan now, TimeSpan patience)
    {
        var overdue = now - patience - DueOf(_next);
        return Run + _unheard + (overdue < TimeSpan.Zero ? 0 : (overdue.Ticks / interval.Ticks) + 1);
    }

    /// <summary>Does not hold losses against the target that were due before a moment.</summary>
    public void Excuse(TimeSpan until)
    {
        _excusedUntil = until;
        Held = 0;
    }

    /// <summary>The probes lost that were due from a moment on, and the longest outage among them, with its beginning.</summary>
    public (long Lost, TimeSpan Longest, TimeSpan? Began) LostSince(TimeSpan from)
    {
        var (lost, longest, began) = (0L, 0L, (TimeSpan?)null);
        for (var place = _runs.Count - 1; place >= 0 && _runs[place].Last >= from; place--)
        {
            var run = _runs[place];
            var before = run.Began >= from ? 0 : Math.Min(run.Count, (long)Math.Ceiling((from - run.Began) / interval));
            lost += run.Count - before;
            if (run.Count - before >= longest)
                (longest, began) = (run.Count - before, run.Began + (interval * before));
        }

        return (lost, interval * longest, began);
    }

    private TimeSpan DueOf(long sequence) => first + (interval * sequence);

    private void Count(Heard heard, TimeSpan due)
    {
        switch (heard)
        {
            case Heard.Answer:
                Sent++;
                Clean++;
                LastAnswer = due;
                Run = Held = _unheard = 0;
                break;
            case Heard.Loss:
                Sent++;
                Lost++;
                Clean = 0;
                if (due >= _excusedUntil && Held++ == 0)
                    HeldBegan = due;
                if (Run++ == 0)
                    RunBegan = due;
                Keep(due);
                FirstLoss ??= due;
                if (Run > _longest)
                    (_longest, LongestBegan) = (Run, RunBegan);
                break;
            default:
                _unheard++;
                break;
        }
    }

    private void Keep(TimeSpan due)
    {
        if (Run > 1)
            _runs[^1] = _runs[^1] with { Last = due, Count = Run };
        else
            _runs.Add(new LossRun(due, due, 1));
    }

    /// <summary>Losses without an answer in between.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct LossRun(TimeSpan Began, TimeSpan Last, long Count);
}
