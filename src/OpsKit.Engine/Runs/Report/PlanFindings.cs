using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>What the plan had to say besides changes: what stood in the way, what was to be known, what could not be read.</summary>
internal static class PlanFindings
{
    private const long Allowance = 150_000;

    public static void Write(HtmlText html, RunView view)
    {
        if (view.Plan is not { } plan)
        {
            html.Constant("<section aria-labelledby=\"plan\">\n<h2 id=\"plan\">What the plan said</h2>\n<p class=\"warn\">The plan that was approved cannot be read any more.</p>\n</section>\n");
            return;
        }

        var found = plan.Steps.SelectMany(step => step.Targets.SelectMany(target => Of(step, target))).ToList();
        html.Write($"<section aria-labelledby=\"plan\">\n<h2 id=\"plan\">What the plan said</h2>\n<p>Made {view.Times.Moment(plan.Made)}: {Summary(plan)}.{(found.Count == 0 ? " It had no blockers and no warnings, and every target could be read." : "")}</p>\n");
        if (found.Count > 0)
            Table(html, found);
        html.Constant("</section>\n");
    }

    private static void Table(HtmlText html, List<(int Step, string Target, string Colour, string Word, string Text)> found)
    {
        html.Constant("<table class=\"cards\">\n<thead><tr><th scope=\"col\">Step</th><th scope=\"col\">Target</th><th scope=\"col\">Kind</th><th scope=\"col\">What</th></tr></thead>\n<tbody>\n");
        var start = html.Written;
        var left = 0;
        foreach (var (step, target, colour, word, text) in found.OrderBy(finding => finding.Colour, StringComparer.Ordinal))
        {
            if (html.Written - start < Allowance)
                html.Write($"<tr><td data-l=\"Step\">{step}</td><th scope=\"row\" data-l=\"Target\">{HtmlPage.Clip(target, 120)}</th><td data-l=\"Kind\" class=\"{colour} w\">{word}</td><td data-l=\"What\" class=\"text\">{HtmlPage.Clip(text)}</td></tr>\n");
            else
                left++;
        }

        html.Constant("</tbody>\n</table>\n");
        if (left > 0)
            html.Write($"<p class=\"dim\">{ReportTimes.Count(left, "finding")} more stand in plan.json.</p>\n");
    }

    private static IEnumerable<(int Step, string Target, string Colour, string Word, string Text)> Of(StepPlan step, TargetPlan target)
    {
        var name = target.Target.Name;
        foreach (var blocker in target.Blockers)
            yield return (step.Number, name, "bad", "blocked", blocker);
        if (target.NotAssessed is { } reason)
            yield return (step.Number, name, "warn", "not assessed", reason);
        foreach (var warning in target.Warnings)
            yield return (step.Number, name, "warn", "warning", warning);
    }

    private static string Summary(Plan plan)
    {
        var targets = plan.Steps.SelectMany(step => step.Targets).ToList();
        var changes = targets.Sum(target => target.Changes.Count);
        var later = targets.Count(target => target.DependsOnStep > 0);
        return $"{ReportTimes.Count(plan.Steps.Count, "step")}, {ReportTimes.Count(changes, "change")}{(later > 0 ? $", {ReportTimes.Count(later, "target")} to be planned again in their turn" : "")}";
    }
}
