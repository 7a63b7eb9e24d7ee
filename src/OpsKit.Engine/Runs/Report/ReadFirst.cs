using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>What a reader should know before anything else, as sentences, gravest first.</summary>
internal sealed class ReadFirst
{
    private const int MostOfAKind = 12;
    private readonly HtmlText _html;
    private readonly RunView _view;
    private int _said;

    private ReadFirst(HtmlText html, RunView view) => (_html, _view) = (html, view);

    public static void Write(HtmlText html, RunView view) => new ReadFirst(html, view).Write();

    private void Write()
    {
        _html.Constant("<section aria-labelledby=\"first\">\n<h2 id=\"first\">What to read first</h2>\n<ul class=\"first\">\n");
        Crashes();
        Stops();
        Changes(ChangeStatus.Failed, "bad", "Failed", static change => $" after {ReportTimes.Count(change.Attempts, "attempt")}{Because(change.Detail)}");
        Changes(ChangeStatus.Unknown, "bad", "Outcome unknown", static change => $": it may have taken effect{Because(change.Detail)}. Look at the target before it is done again");
        Changes(ChangeStatus.Intended, "bad", "Open", static _ => ": it was begun, and its outcome is not on record. Resuming the run looks at the target first");
        FailedTargets();
        NotAssessed();
        NotBegun();
        Pauses();
        foreach (var (colour, word, text) in PingWords.Of(_view))
            Say(colour, word, text);
        foreach (var lost in _view.Events.Where(happened => happened.Kind is "samples-lost" or "transcript-lost"))
            Say("warn", "Not all is on record", $"{lost.Text}");
        if (_said == 0)
            Say("ok", "Nothing of note", _view.Run.Status == RunStatus.Running ? "Nothing has failed so far, and no guard objected" : $"Nothing failed, nothing was left open, and no guard objected{Lossless()}");
        _html.Constant("</ul>\n</section>\n");
    }

    private void Crashes()
    {
        foreach (var (place, life) in _view.Lives.Index().Where(pair => pair.Item.How == LifeEnd.Crashed))
        {
            var when = $"The process that carried the run ended without a word; its last sign of life is of {_view.Times.Time(life.Ended)}";
            Say("bad", "Crash", place + 1 < _view.Lives.Count
                ? $"{when}. The run was taken up again at {_view.Times.Time(_view.Lives[place + 1].Began)}, {ReportTimes.Took(life.Ended, _view.Lives[place + 1].Began)} later"
                : $"{when}. To go on: opskit runs resume {_view.Run.Id}");
        }
    }

    private void Stops()
    {
        foreach (var stop in _view.Events.Where(happened => happened.Kind is "guard-breached" or "guard-inconclusive"))
        {
            Say("bad", stop.Kind == "guard-breached" ? "Guard breached" : "Stopped", $"The run was stopped at {_view.Times.Time(stop.At)}: {Sentence(stop.Text)}. Nothing more was begun; what was under way went on to its end");
        }
    }

    private void Changes(ChangeStatus status, string colour, string word, Func<ChangeRecord, string> rest)
    {
        var changes = _view.Run.Changes.Where(change => change.Status == status).ToList();
        foreach (var change in changes.Take(MostOfAKind))
            Say(colour, word, $"{change.TargetName}, step {change.Key.Step}: “{HtmlPage.Clip(change.Summary, 200)}”{rest(change)}");
        if (changes.Count > MostOfAKind)
            Say(colour, word, $"And {changes.Count - MostOfAKind} changes more; the table of changes has them");
    }

    /// <summary>Targets that failed although none of their changes did: blocked ones, and those that could not be looked at again.</summary>
    private void FailedTargets()
    {
        var byChange = _view.Run.Changes.Where(change => change.Status is ChangeStatus.Failed or ChangeStatus.Unknown or ChangeStatus.Intended)
            .Select(change => (change.Key.Step, change.TargetName)).ToHashSet();
        Events("target-failed", "bad", "Not changed", happened => !byChange.Contains((happened.Step, happened.Target)));
    }

    private void NotAssessed() => Events("not-assessed", "warn", "Not assessed", static _ => true);

    private void Events(string kind, string colour, string word, Func<RunEvent, bool> which)
    {
        var events = _view.Events.Where(happened => happened.Kind == kind && which(happened)).DistinctBy(happened => (happened.Step, happened.Target, happened.Text)).ToList();
        foreach (var happened in events.Take(MostOfAKind))
            Say(colour, word, $"{happened.Target}, step {happened.Step}: {happened.Text}");
        if (events.Count > MostOfAKind)
            Say(colour, word, $"And {events.Count - MostOfAKind} more; the list of events has them");
    }

    private void NotBegun()
    {
        var changes = _view.Run.Changes.Where(change => change.Status == ChangeStatus.Pending).ToList();
        if (changes.Count > 0 && _view.Run.Status != RunStatus.Running)
            Say("warn", "Not begun", $"{ReportTimes.Count(changes.Count, "change")} on {ReportTimes.Count(changes.DistinctBy(change => change.Key.Target).Count(), "target")}");
    }

    private void Pauses()
    {
        foreach (var (from, to, text) in _view.Paused.Take(MostOfAKind))
            Say("warn", "Paused", $"From {_view.Times.Time(from)} for {ReportTimes.Took(from, to)}: {text}");
        foreach (var happened in _view.Events.Where(happened => happened.Kind == "resumed").Take(MostOfAKind))
            Say("warn", "Decided by the operator", $"At {_view.Times.Time(happened.At)}, {happened.Text}");
    }

    private string Lossless() => _view.Pings.Targets.Count == 0 ? "" : $"; {ReportTimes.Count(_view.Pings.Targets.Count, "address", "addresses")} answered every probe";

    private static string Because(string? detail) => string.IsNullOrWhiteSpace(detail) ? "" : $": {Sentence(detail)}";

    private static string Sentence(string text) => text.Trim().TrimEnd('.');

    private void Say(string colour, string word, string text)
    {
        _said++;
        _html.Write($"<li><strong class=\"{colour}\">{word}.</strong> {HtmlPage.Clip(text, 700)}.</li>\n");
    }
}
