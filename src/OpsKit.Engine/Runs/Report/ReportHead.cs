using OpsKit.Connections.Yaml;
using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>What a run was, who ran it, when, and how it ended.</summary>
internal static class ReportHead
{
    public static void Write(HtmlText html, RunView view)
    {
        var run = view.Run;
        html.Write($"<header>\n<p class=\"dim\">OpsKit run {run.Id}</p>\n<h1>{HtmlPage.Clip(run.Start.Playbook)}</h1>\n");
        html.Write($"<p><span class=\"badge {Colour(view)}\">{Mark(view)} {view.Word}</span> {HtmlPage.Clip(run.Reason ?? "")}</p>\n<dl class=\"facts\">\n");
        Fact(html, "Changes", Changes(view));
        Fact(html, "Probes", Probes(view));
        Fact(html, "Began", $"{view.Times.Moment(run.Started)}, by {run.Start.StartedBy}");
        Fact(html, "Ended", Ended(view));
        Fact(html, "Processes", Processes(view));
        Fact(html, "Playbook", run.Start.File ?? "a verb of the console");
        Fact(html, "Inventory", run.Start.Inventory);
        Fact(html, "Variables", string.Join(", ", run.Start.Vars.Select(variable => $"{variable.Key} = {variable.Value}")));
        html.Constant("</dl>\n</header>\n");
    }

    private static void Fact(HtmlText html, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            html.Write($"<dt>{name}</dt><dd>{HtmlPage.Clip(value)}</dd>\n");
    }

    private static string Colour(RunView view) => view.Run.Status switch
    {
        RunStatus.Done => "ok",
        RunStatus.Running when view.Run.Alive => "open",
        RunStatus.Interrupted => "warn",
        _ => "bad",
    };

    private static string Mark(RunView view) => view.Run.Status switch
    {
        RunStatus.Done => "✓",
        RunStatus.Running when view.Run.Alive => "▶",
        RunStatus.Interrupted or RunStatus.Stopped => "■",
        _ => "✗",
    };

    private static string Changes(RunView view)
    {
        var changes = view.Run.Changes;
        if (changes.Count == 0)
            return "nothing was to be changed";
        var targets = changes.Select(change => change.Key.Target).Distinct(StringComparer.Ordinal).Count();
        var parts = changes.GroupBy(change => change.Status).OrderByDescending(group => group.Key == ChangeStatus.Done).ThenBy(group => group.Key)
            .Select(group => $"{group.Count()} {(group.Key == ChangeStatus.Intended ? "open" : RunView.WordOf(group.Key))}");
        return $"{ReportTimes.Count(changes.Count, "change")} on {ReportTimes.Count(targets, "target")}: {string.Join(", ", parts)}";
    }

    private static string? Probes(RunView view)
    {
        var targets = view.Pings.Targets;
        if (targets.Count == 0)
            return null;
        var lost = targets.Sum(target => target.Lost);
        var worst = targets[0];
        var outage = worst.OutageBegan is null || worst.LongestOutage == TimeSpan.Zero ? "" : $"; longest outage {Durations.Words(worst.LongestOutage)} ({worst.Target})";
        return $"{ReportTimes.Number(lost)} of {ReportTimes.Count(targets.Sum(target => target.Sent), "probe")} to {ReportTimes.Count(targets.Count, "address", "addresses")} lost{outage}";
    }

    private static string Ended(RunView view)
    {
        if (view.Run.Ended is { } ended)
            return $"{view.Times.Moment(ended)}, after {ReportTimes.Took(view.Run.Started, ended)}";
        return view.Crashed
            ? $"it did not: the last sign of it is of {view.Times.Moment(view.End)}"
            : $"it is still under way, as of {view.Times.Moment(view.End)}";
    }

    private static string? Processes(RunView view)
    {
        var crashes = view.Lives.Count(life => life.How == LifeEnd.Crashed);
        return view.Lives.Count == 1 && crashes == 0
            ? null
            : $"{ReportTimes.Count(view.Lives.Count, "process", "processes")} carried it{(crashes == 0 ? "" : $", {crashes} of them crashed")}";
    }
}
