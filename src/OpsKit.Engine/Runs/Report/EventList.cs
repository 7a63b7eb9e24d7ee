using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>What happened, in order. Where it is too much, its middle is left out.</summary>
internal static class EventList
{
    private const long Allowance = 250_000;
    private const int Last = 300;

    public static void Write(HtmlText html, RunView view)
    {
        html.Write($"<section aria-labelledby=\"events\">\n<h2 id=\"events\">Events</h2>\n<details><summary>{ReportTimes.Count(view.Events.Count, "event")}, in order</summary>\n<table class=\"cards\">\n");
        html.Constant("<thead><tr><th scope=\"col\" class=\"n\">No.</th><th scope=\"col\">Time</th><th scope=\"col\">Event</th><th scope=\"col\">Step</th><th scope=\"col\">Target</th><th scope=\"col\">What</th></tr></thead>\n<tbody>\n");
        var start = html.Written;
        var next = 0;
        while (next < view.Events.Count && html.Written - start < Allowance)
            Row(html, view, view.Events[next++]);
        var resume = Math.Max(next, view.Events.Count - Last);
        if (resume > next)
            html.Write($"<tr><td></td><td colspan=\"5\" class=\"dim\">{ReportTimes.Count(resume - next, "event")} left out here; events.jsonl has them</td></tr>\n");
        for (; resume < view.Events.Count; resume++)
            Row(html, view, view.Events[resume]);
        html.Constant("</tbody>\n</table>\n</details>\n</section>\n");
    }

    private static void Row(HtmlText html, RunView view, RunEvent happened)
    {
        html.Write($"<tr><td data-l=\"No.\" class=\"n\">{happened.Sequence}</td><td data-l=\"Time\" class=\"w\">{view.Times.Time(happened.At)}</td><td data-l=\"Event\" class=\"{ColourOf(happened.Kind)} w\">{happened.Kind}</td>");
        html.Write($"<td data-l=\"Step\">{(happened.Step == 0 ? "" : ReportTimes.Number(happened.Step))}</td><td data-l=\"Target\">{HtmlPage.Clip(happened.Target, 120)}</td><td data-l=\"What\" class=\"text\">{HtmlPage.Clip(happened.Text, 300)}</td></tr>\n");
    }

    private static string ColourOf(string kind) => kind switch
    {
        "change-failed" or "target-failed" or "guard-breached" or "guard-inconclusive" or "step-stopped" => "bad",
        "change-unknown" or "paused" or "resumed" or "not-assessed" or "samples-lost" or "transcript-lost" => "warn",
        "mark" => "open",
        "change-done" or "step-ended" => "ok",
        _ => "",
    };
}
