using OpsKit.Connections.Yaml;
using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>The probes in numbers, address by address.</summary>
internal static class ProbeTable
{
    private const long Allowance = 250_000;

    public static void Write(HtmlText html, RunView view)
    {
        var targets = view.Pings.Targets;
        if (targets.Count == 0)
            return;
        html.Constant("<section aria-labelledby=\"probes\">\n<h2 id=\"probes\">Probes in numbers</h2>\n<table class=\"cards\">\n<caption>An outage is counted from the first probe lost to the next one answered. What this machine sent too late says nothing of an address and counts as unsent.</caption>\n<thead><tr>");
        html.Constant("<th scope=\"col\">Address</th><th scope=\"col\">Guard</th><th scope=\"col\" class=\"n\">Sent</th><th scope=\"col\" class=\"n\">Lost</th><th scope=\"col\" class=\"n\">Longest outage</th><th scope=\"col\" class=\"n\">Began</th>");
        html.Constant("<th scope=\"col\" class=\"n\">Round trip mean / worst, ms</th><th scope=\"col\" class=\"n\">Unsent</th><th scope=\"col\" class=\"n\">Sampler late mean / worst, ms</th></tr></thead>\n<tbody>\n");
        var start = html.Written;
        var left = 0;
        foreach (var target in targets)
        {
            if (html.Written - start < Allowance)
                Row(html, view, target);
            else
                left++;
        }

        html.Constant("</tbody>\n<tfoot>\n");
        Total(html, targets);
        html.Constant("</tfoot>\n</table>\n");
        if (left > 0)
            html.Write($"<p class=\"dim\">{ReportTimes.Count(left, "address", "addresses")} more that lost less would make this page too long; the totals count them.</p>\n");
        html.Constant("</section>\n");
    }

    private static void Row(HtmlText html, RunView view, TargetPings target)
    {
        html.Write($"<tr><th scope=\"row\" data-l=\"Address\">{HtmlPage.Clip(target.Target, 120)}</th><td data-l=\"Guard\">{HtmlPage.Clip(target.Guard, 120)}</td><td data-l=\"Sent\" class=\"n\">{ReportTimes.Number(target.Sent)}</td>");
        html.Write($"<td data-l=\"Lost\" class=\"n {(target.Lost > 0 ? "bad" : "")}\">{ReportTimes.Number(target.Lost)}</td><td data-l=\"Longest outage\" class=\"n\">{Outage(target)}</td><td data-l=\"Began\" class=\"n\">{(target.OutageBegan is { } began ? view.Times.Time(began) : "")}</td>");
        html.Write($"<td data-l=\"Round trip mean / worst, ms\" class=\"n\">{(target.Answered > 0 ? $"{ReportTimes.Milliseconds(target.MeanRoundTripMs)} / {ReportTimes.Milliseconds(target.SlowestMs)}" : "")}</td>");
        html.Write($"<td data-l=\"Unsent\" class=\"n\">{ReportTimes.Number(target.Unsent)}</td><td data-l=\"Sampler late mean / worst, ms\" class=\"n\">{ReportTimes.Milliseconds(target.MeanLateMs)} / {ReportTimes.Milliseconds(target.LatestMs)}</td></tr>\n");
    }

    private static void Total(HtmlText html, IReadOnlyList<TargetPings> targets)
    {
        html.Write($"<tr><th scope=\"row\" data-l=\"Address\">All {ReportTimes.Number(targets.Count)}</th><td></td><td data-l=\"Sent\" class=\"n\">{ReportTimes.Number(targets.Sum(target => target.Sent))}</td>");
        html.Write($"<td data-l=\"Lost\" class=\"n\">{ReportTimes.Number(targets.Sum(target => target.Lost))}</td><td data-l=\"Longest outage\" class=\"n\">{Outage(targets[0])}</td><td></td><td></td>");
        html.Write($"<td data-l=\"Unsent\" class=\"n\">{ReportTimes.Number(targets.Sum(target => target.Unsent))}</td><td data-l=\"Sampler late, worst, ms\" class=\"n\">{ReportTimes.Milliseconds(targets.Max(target => target.LatestMs))}</td></tr>\n");
    }

    private static string Outage(TargetPings target) => target switch
    {
        { OutageBegan: null } => "none",
        { LongestOutage: var length } when length > TimeSpan.Zero => Durations.Words(length),
        _ => "not known",
    };
}
