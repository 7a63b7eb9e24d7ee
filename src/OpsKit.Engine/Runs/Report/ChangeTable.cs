using OpsKit.Engine.Reports.Html;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Runs.Report;

/// <summary>Every change: what was, what is, how often it was tried, how long it took, how it ended.</summary>
internal static class ChangeTable
{
    private const long Allowance = 450_000;

    public static void Write(HtmlText html, RunView view)
    {
        if (view.Run.Changes.Count == 0)
            return;
        html.Constant("<section aria-labelledby=\"changes\">\n<h2 id=\"changes\">Changes</h2>\n<table class=\"cards\">\n<thead><tr>");
        html.Constant("<th scope=\"col\">Step</th><th scope=\"col\">Target</th><th scope=\"col\">Change</th><th scope=\"col\">Before → after</th><th scope=\"col\">Outcome</th><th scope=\"col\" class=\"n\">Began</th><th scope=\"col\" class=\"n\">Took</th>");
        html.Constant("</tr></thead>\n<tbody>\n");
        var start = html.Written;
        var left = 0;
        foreach (var change in Ordered(view.Run.Changes))
        {
            if (html.Written - start < Allowance)
                Row(html, view, change);
            else
                left++;
        }

        html.Constant("</tbody>\n</table>\n");
        if (left > 0)
            html.Write($"<p class=\"dim\">{ReportTimes.Count(left, "change")} more, all done, would make this page too long: opskit runs show {view.Run.Id} --out changes.csv has them.</p>\n");
        html.Constant("</section>\n");
    }

    /// <summary>In the order of the plan where all have room; else those that are not done come first.</summary>
    private static IEnumerable<ChangeRecord> Ordered(IReadOnlyList<ChangeRecord> changes) =>
        changes.Count <= 500 ? changes : changes.OrderBy(change => change.Status == ChangeStatus.Done);

    private static void Row(HtmlText html, RunView view, ChangeRecord change)
    {
        html.Write($"<tr><td data-l=\"Step\">{change.Key.Step}</td><th scope=\"row\" data-l=\"Target\">{HtmlPage.Clip(change.TargetName, 120)}</th>");
        html.Write($"<td data-l=\"Change\" class=\"text\">{HtmlPage.Clip(change.Summary)}");
        if (change.Impact != Impact.None)
            html.Write($" <span class=\"{(change.Impact.IsSevere() ? "bad" : "warn")}\">{change.Impact.Word()}</span>");
        html.Write($"</td><td data-l=\"Before → after\" class=\"text\"><span class=\"dim\">{HtmlPage.Clip(change.Before)}</span> → {HtmlPage.Clip(change.After)}</td>");
        html.Write($"<td data-l=\"Outcome\" class=\"text\"><strong class=\"{RunView.ClassOf(change.Status)}\">{RunView.WordOf(change.Status)}</strong>");
        if (change.Attempts > 1)
            html.Write($", {ReportTimes.Count(change.Attempts, "attempt")}");
        if (!string.IsNullOrWhiteSpace(change.Detail))
            html.Write($": {HtmlPage.Clip(change.Detail)}");
        if (change.Status != ChangeStatus.Done && !string.IsNullOrWhiteSpace(change.Note))
            html.Write($" <span class=\"dim\">Noted: {HtmlPage.Clip(change.Note, 200)}</span>");
        html.Write($"</td><td data-l=\"Began\" class=\"n\">{(change.Started is { } started ? view.Times.Time(started) : "")}</td><td data-l=\"Took\" class=\"n\">{ReportTimes.Took(change.Started, change.Ended)}</td></tr>\n");
    }
}
