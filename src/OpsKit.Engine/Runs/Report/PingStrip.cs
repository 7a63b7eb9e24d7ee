using System.Globalization;
using System.Text;
using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>Draws the slots of one address: a line of round trips, a stroke for every slot with a loss, a small one where nothing was sent.</summary>
internal sealed class PingStrip
{
    private const int Height = 20;
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _losses = new();
    private readonly StringBuilder _unsent = new();
    private (int X, int Y) _pen;
    private bool _isDown;
    private int _lastLoss;
    private int _lastUnsent;

    public static void Write(HtmlText html, TimeAxis axis, TargetPings target, double scale, int column)
    {
        var strip = new PingStrip();
        foreach (var (_, buckets) in target.Buckets)
        {
            strip._isDown = false;
            strip.Add(axis, buckets, scale, column);
        }

        Path(html, "rtt", strip._line);
        Path(html, "unsent", strip._unsent);
        Path(html, "loss", strip._losses);
    }

    /// <summary>Joins what falls into one column. The numbers are whole and count from the last point: there are very many of them.</summary>
    private void Add(TimeAxis axis, PingBuckets buckets, double scale, int column)
    {
        var joined = default(PingBuckets.Bucket);
        var place = -1;
        for (var index = 0; index <= buckets.Count; index++)
        {
            var here = index < buckets.Count ? (int)(axis.At(buckets.MiddleOf(index)) / column) : int.MaxValue;
            if (here != place && place >= 0)
            {
                Draw((place * column) + (column / 2), joined, scale);
                joined = default;
            }

            place = here;
            if (index < buckets.Count)
                joined.Add(buckets[index]);
        }
    }

    private void Draw(int x, PingBuckets.Bucket bucket, double scale)
    {
        if (bucket.Answered > 0)
            Line(x, Height - 1 - (int)Math.Round(Math.Min(1, bucket.Mean / scale) * (Height - 3)));
        else if (bucket.Lost + bucket.Unsent > 0)
            _isDown = false;
        if (bucket.Lost > 0)
            Stroke(_losses, x, ref _lastLoss, $"v{Height}", $"-{Height}");
        if (bucket.Unsent > 0)
            Stroke(_unsent, x, ref _lastUnsent, "v4", "-4");
    }

    private void Line(int x, int y)
    {
        if (_isDown && y == _pen.Y)
            _line.Append(CultureInfo.InvariantCulture, $"h{x - _pen.X}");
        else if (_isDown)
            _line.Append(CultureInfo.InvariantCulture, $"l{x - _pen.X}{(y < _pen.Y ? "" : " ")}{y - _pen.Y}");
        else
            _line.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1");
        _pen = _isDown ? (x, y) : (x + 1, y);
        _isDown = true;
    }

    private static void Stroke(StringBuilder path, int x, ref int last, string down, string back)
    {
        if (path.Length == 0)
            path.Append(CultureInfo.InvariantCulture, $"M{x} 0{down}");
        else
            path.Append(CultureInfo.InvariantCulture, $"m{x - last}{back}{down}");
        last = x;
    }

    private static void Path(HtmlText html, string kind, StringBuilder path)
    {
        if (path.Length > 0)
            html.Write($"<path class=\"{kind}\" d=\"{path.ToString()}\"/>");
    }
}
