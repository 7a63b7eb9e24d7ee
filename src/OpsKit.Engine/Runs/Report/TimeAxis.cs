using System.Globalization;

namespace OpsKit.Engine.Runs.Report;

/// <summary>
/// The one time axis of a report, 1000 units wide. The lives of a run stand beside one another to scale; a long time in between, in which nothing ran, is cut
/// short.
/// </summary>
internal sealed class TimeAxis
{
    public const double Width = 1000;
    private const double CutGap = 28;
    private const double LongestPlainGap = 0.04;
    private const int MostTicks = 9;

    private static readonly int[] StepSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800];

    private readonly TimeZoneInfo _zone;
    private readonly List<Part> _parts = [];

    public TimeAxis(IReadOnlyList<RunLife> lives, TimeZoneInfo zone)
    {
        _zone = zone;
        var active = lives.Sum(life => LengthOf(life).TotalSeconds);
        var plain = active * LongestPlainGap;
        var gaps = lives.Zip(lives.Skip(1), (one, next) => next.Began - Later(one.Ended, one.Began)).ToList();
        var cut = gaps.Count(gap => gap.TotalSeconds > plain);
        var toScale = active + gaps.Where(gap => gap.TotalSeconds <= plain && gap > TimeSpan.Zero).Sum(gap => gap.TotalSeconds);
        var gapWidth = Math.Min(CutGap, Width / 3 / Math.Max(1, cut));
        var unit = (Width - (cut * gapWidth)) / toScale;
        var x = 0.0;
        foreach (var (place, life) in lives.Index())
        {
            var until = life.Began + LengthOf(life);
            Add(life.Began, until, LengthOf(life).TotalSeconds * unit, PartKind.Life);
            if (place < gaps.Count)
            {
                var width = gaps[place].TotalSeconds > plain ? gapWidth : Math.Max(0, gaps[place].TotalSeconds) * unit;
                Add(until, lives[place + 1].Began, width, life.How == LifeEnd.Crashed ? PartKind.Crash : PartKind.Idle);
            }
        }

        void Add(DateTimeOffset from, DateTimeOffset to, double width, PartKind kind)
        {
            _parts.Add(new Part(from, to, x, x + width, kind));
            x += width;
        }
    }

    /// <summary>The parts of the axis, in order.</summary>
    public IReadOnlyList<Part> Parts => _parts;

    /// <summary>Whether it spans more than one day of its zone.</summary>
    public bool SpansDays => Local(_parts[0].From).Date != Local(_parts[^1].To).Date;

    /// <summary>The place of a moment, 0 to 1000.</summary>
    public double At(DateTimeOffset moment)
    {
        foreach (var part in _parts)
        {
            if (moment < part.To)
                return Math.Clamp(part.Left + ((moment - part.From) / Positive(part.To - part.From) * (part.Right - part.Left)), part.Left, part.Right);
        }

        return Width;
    }

    /// <summary>Labelled moments, at round times of the zone, not too close to one another.</summary>
    public IReadOnlyList<(double X, string Label)> Ticks()
    {
        var lives = _parts.Where(part => part.Kind == PartKind.Life).ToList();
        var seconds = lives.Sum(part => (part.To - part.From).TotalSeconds);
        var step = TimeSpan.FromSeconds(Array.Find(StepSeconds, candidate => seconds / candidate <= MostTicks) is var fits and > 0 ? fits : StepSeconds[^1]);
        var format = step < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : step >= TimeSpan.FromDays(1) ? "MM-dd" : "HH:mm";
        var ticks = new List<(double X, string Label)>();
        foreach (var part in lives)
        {
            var local = Local(part.From);
            var first = local.Date + (step * Math.Ceiling(local.TimeOfDay / step));
            for (var moment = part.From + (first - local.DateTime); moment <= part.To && ticks.Count < 4 * MostTicks; moment += step)
            {
                var x = At(moment);
                if (ticks.Count == 0 || x - ticks[^1].X >= Width / (MostTicks + 3))
                    ticks.Add((x, Local(moment).ToString(format, CultureInfo.InvariantCulture)));
            }
        }

        return ticks;
    }

    private DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone);

    /// <summary>A life of one moment has a length all the same, so that there is something to draw.</summary>
    private static TimeSpan LengthOf(RunLife life) => Positive(life.Ended - life.Began);

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.FromSeconds(1) ? span : TimeSpan.FromSeconds(1);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    internal enum PartKind
    {
        /// <summary>A process carried the run.</summary>
        Life,

        /// <summary>None did: the run had ended and was taken up again.</summary>
        Idle,

        /// <summary>None did: it had crashed.</summary>
        Crash,
    }

    /// <summary>A part of the axis.</summary>
    internal sealed record Part(DateTimeOffset From, DateTimeOffset To, double Left, double Right, PartKind Kind);
}
