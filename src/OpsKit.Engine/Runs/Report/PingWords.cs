using OpsKit.Connections.Yaml;
using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>What the probes came to, as sentences.</summary>
internal static class PingWords
{
    private const int MostNames = 6;

    /// <summary>Losses, and what was under way at the time; addresses that never answered; and what cannot be told.</summary>
    public static IEnumerable<(string Colour, string Word, string Text)> Of(RunView view)
    {
        var targets = view.Pings.Targets;
        var silent = targets.Where(target => target is { Answered: 0, Sent: > 0 }).ToList();
        var lossy = targets.Where(target => target is { Lost: > 0, Answered: > 0 }).ToList();
        foreach (var outages in lossy.GroupBy(target => Cause(view, target)))
            yield return ("warn", "Outage", Outage(view, [.. outages], outages.Key));
        if (silent.Count > 0)
            yield return ("warn", "Silent throughout", $"{Names(silent)} never answered: the probes cannot tell what the changes did to {(silent.Count == 1 ? "it" : "them")}");
        var unsent = targets.Sum(target => target.Unsent);
        if (unsent > 0)
            yield return ("warn", "Not measured", $"{ReportTimes.Count(unsent, "probe")} could not be sent in time by this machine, late by up to {Durations.Words(TimeSpan.FromMilliseconds(targets.Max(target => target.LatestMs)))}; what was not asked tells nothing");
    }

    /// <summary>The longest outages that began while the same change was under way, as one sentence.</summary>
    private static string Outage(RunView view, List<TargetPings> targets, string cause)
    {
        var worst = targets[0];
        var lost = targets.Sum(target => target.Lost);
        var length = worst.LongestOutage > TimeSpan.Zero ? $"for {Durations.Words(worst.LongestOutage)} at the longest" : "for a time that cannot be told";
        var from = worst.OutageBegan is { } began ? $", from {view.Times.Time(began)}" : "";
        return targets.Count == 1
            ? $"{worst.Target} lost {ReportTimes.Count(lost, "probe")} of {ReportTimes.Number(worst.Sent)}, {length}{from}, {cause}"
            : $"{ReportTimes.Count(targets.Count, "address", "addresses")} lost {ReportTimes.Count(lost, "probe")} of {ReportTimes.Number(targets.Sum(target => target.Sent))}, {length} ({worst.Target}{from}), {cause}: {Names(targets)}";
    }

    private static string Cause(RunView view, TargetPings target)
    {
        var under = target.OutageBegan is { } began ? view.UnderWay(began).Take(2).Select(change => $"“{HtmlPage.Clip(change.Summary, 120)}” on {change.TargetName}").ToList() : [];
        return under.Count == 0 ? "while no change was under way" : $"while {string.Join(" and ", under)} was under way";
    }

    private static string Names(List<TargetPings> targets) =>
        string.Join(", ", targets.Take(MostNames).Select(target => target.Target)) + (targets.Count > MostNames ? $" and {targets.Count - MostNames} more" : "");
}
