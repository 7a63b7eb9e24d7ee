using OpsKit.Connections.Yaml;
using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>The lanes of the addresses a guard watched: round trips, every loss, the longest outage.</summary>
internal static class PingLanes
{
    private const int MostOpen = 24;
    private const long Allowance = 1_250_000;

    public static void Write(HtmlText html, RunView view)
    {
        var number = 0;
        var start = html.Written;
        var left = 0;
        foreach (var guard in view.Pings.Targets.GroupBy(target => target.Guard, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var targets = guard.ToList();
            var scale = ScaleOf(targets);
            html.Write($"<h3>Probes of guard {guard.Key} <span class=\"dim\">round trips from 0 to {ReportTimes.Milliseconds(scale)} ms</span></h3>\n");
            var open = targets.Count <= MostOpen ? targets.Count : Math.Clamp(targets.Count(target => target.Lost > 0), 6, MostOpen);
            Lane.Fold(
                html,
                targets,
                open,
                more => targets.Skip(open).All(target => target.Lost == 0) ? $"{ReportTimes.Count(more, "address", "addresses")} more that answered every probe" : $"{ReportTimes.Count(more, "address", "addresses")} more",
                (target, place) =>
                {
                    if (html.Written - start < Allowance)
                        Target(html, view, target, scale, ColumnOf(targets.Count, place), $"p{number++}");
                    else
                        left++;
                });
        }

        if (left > 0)
            html.Write($"<p class=\"dim\">{ReportTimes.Count(left, "address", "addresses")} more have no lane here; their numbers are in the table of probes.</p>\n");
    }

    /// <summary>How wide a slot is drawn: the more addresses, the wider; those that lost most stay fine.</summary>
    private static int ColumnOf(int targets, int place) => targets switch
    {
        <= 12 => 1,
        <= 48 => 2,
        _ when place < MostOpen => 2,
        <= 200 => 4,
        _ => 8,
    };

    private static void Target(HtmlText html, RunView view, TargetPings target, double scale, int column, string id)
    {
        Lane.Begin(html, id, target.Target, $"Round trips over time, with {ReportTimes.Count(target.Lost, "probe")} lost of {ReportTimes.Number(target.Sent)}.", "ping");
        if (target.OutageBegan is { } began)
        {
            var left = view.Axis.At(began);
            var width = Math.Max(4, view.Axis.At(began + target.LongestOutage) - left);
            html.Write($"<rect class=\"out\" x=\"{Math.Min(left, TimeAxis.Width - width)}\" width=\"{width}\" height=\"20\"><title>longest outage: {Durations.Words(target.LongestOutage)}, from {view.Times.Time(began)}</title></rect>");
        }

        PingStrip.Write(html, view.Axis, target, scale, column);
        Lane.End(html, Facts(target), target.Lost > 0 ? "bad" : target.Answered == 0 ? "warn" : "dim");
    }

    private static string Facts(TargetPings target)
    {
        if (target is { Answered: 0, Sent: > 0 })
            return $"never answered: {ReportTimes.Number(target.Lost)} lost";
        return target.Lost == 0
            ? $"{ReportTimes.Number(target.Sent)} answered{(target.Unsent > 0 ? $"; {ReportTimes.Number(target.Unsent)} unsent" : "")}"
            : $"{ReportTimes.Number(target.Lost)} of {ReportTimes.Number(target.Sent)} lost{(target.LongestOutage > TimeSpan.Zero ? $", longest {Durations.Words(target.LongestOutage)}" : "")}";
    }

    /// <summary>The top of the scale: what all slots but the slowest few stay below.</summary>
    private static double ScaleOf(List<TargetPings> targets)
    {
        var slots = new List<float>();
        foreach (var (_, buckets) in targets.SelectMany(target => target.Buckets))
        {
            for (var index = 0; index < buckets.Count; index++)
            {
                if (buckets[index].Answered > 0)
                    slots.Add(buckets[index].Mean);
            }
        }

        slots.Sort();
        return slots.Count == 0 ? 1 : Math.Max(0.1, slots[(int)((slots.Count - 1) * 0.99)] * 1.25);
    }
}
