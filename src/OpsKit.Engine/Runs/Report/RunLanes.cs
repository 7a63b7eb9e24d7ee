using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>The lanes of the run itself and of its guards.</summary>
internal static class RunLanes
{
    public static void Write(HtmlText html, RunView view)
    {
        Run(html, view);
        var guards = view.Guards.Select(guard => guard.Name).ToList();
        guards.AddRange(view.Events.Where(happened => happened.Kind == "guard").Select(happened => happened.Target).Distinct(StringComparer.Ordinal).Except(guards, StringComparer.Ordinal));
        if (guards.Count == 0)
            return;
        html.Constant("<h3>Guards</h3>\n");
        foreach (var (place, guard) in guards.Index())
            Guard(html, view, guard, place);
    }

    private static void Run(HtmlText html, RunView view)
    {
        Lane.Begin(html, "run", "The run", $"A bar for each process that carried the run, with marks where it paused, went on or was stopped: {view.Word}.", "thin");
        foreach (var life in view.Lives)
        {
            Lane.Bar(html, view.Axis, life.Began, life.Ended, "life", $"{view.Times.Time(life.Began)} to {view.Times.Time(life.Ended)}: {Word(life)}");
        }

        foreach (var (from, to, text) in view.Paused)
            Lane.Bar(html, view.Axis, from, to, "warn", $"paused at {view.Times.Time(from)} for {ReportTimes.Took(from, to)}: {text}");
        foreach (var happened in view.Events)
        {
            if (happened.Kind is "guard-breached" or "guard-inconclusive")
                Lane.Mark(html, view.Axis, happened.At, "bad", $"{view.Times.Time(happened.At)}: stopped, {happened.Text}");
            else if (happened.Kind == "resumed")
                Lane.Mark(html, view.Axis, happened.At, "open", $"{view.Times.Time(happened.At)}: {happened.Text}");
        }

        var crashes = view.Lives.Count(life => life.How == LifeEnd.Crashed);
        Lane.End(html, (crashes, view.Paused.Count) switch
        {
            (0, 0) => view.Word,
            (0, var paused) => $"{view.Word}, paused {ReportTimes.Count(paused, "time")}",
            (var crashed, _) => $"{view.Word}, {ReportTimes.Count(crashed, "crash", "crashes")}",
        });
    }

    /// <summary>A guard's verdict from each change of it to the next. Until the first one is on record, nothing is known but that the run could begin.</summary>
    private static void Guard(HtmlText html, RunView view, string guard, int place)
    {
        var verdicts = view.Events.Where(happened => happened.Kind == "guard" && happened.Target == guard).ToList();
        var about = $"The verdicts of the guard over time: {ReportTimes.Count(verdicts.Count, "change")} of it on record.";
        Lane.Begin(html, $"g{place}", guard, about, "thin");
        var x = view.Axis.At(verdicts.Count > 0 ? verdicts[0].At : view.End);
        html.Write($"<path class=\"calm\" d=\"M0 10H{x}\"/>");
        foreach (var (number, verdict) in verdicts.Index())
        {
            var until = number + 1 < verdicts.Count ? verdicts[number + 1].At : view.End;
            Lane.Bar(html, view.Axis, verdict.At, until, Colour(verdict.Text), $"{view.Times.Time(verdict.At)}: {verdict.Text}");
        }

        var last = verdicts.Count > 0 ? verdicts[^1].Text : null;
        Lane.End(html, Facts(view, guard, last), last is null ? "dim" : Colour(last));
    }

    private static string Facts(RunView view, string guard, string? last)
    {
        var verdict = last is null ? "did not object" : $"at last {Verdict(last)}";
        if (view.Pings.Commands.TryGetValue(guard, out var runs))
            return $"{verdict}; ran {ReportTimes.Count(runs.Healthy + runs.Breached + runs.Inconclusive, "time")}, {runs.Breached} breached, {runs.Inconclusive} told nothing";
        return view.Guards.FirstOrDefault(spec => spec.Name == guard) switch
        {
            PingGuardSpec => $"{verdict}; {ReportTimes.Count(view.Pings.Targets.Count(target => target.Guard == guard), "address", "addresses")}",
            WindowGuardSpec window => $"{verdict}; open {window.From:HH\\:mm} to {window.To:HH\\:mm} {window.TimeZone}",
            FailuresGuardSpec failures => $"{verdict}; {failures.Most} may fail",
            _ => verdict,
        };
    }

    private static string Verdict(string text) => text.Split(':')[0];

    private static string Colour(string text) => Verdict(text) switch
    {
        "healthy" => "ok",
        "breached" => "bad",
        _ => "warn",
    };

    private static string Word(RunLife life) => life.How switch
    {
        LifeEnd.Crashed => "ended without a word",
        LifeEnd.Running => "still under way",
        _ => "ended in order",
    };
}
