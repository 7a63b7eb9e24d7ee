using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>The lanes of steps and of the targets they changed.</summary>
internal static class ChangeLanes
{
    private const int MostOpen = 24;
    private const long Allowance = 600_000;

    public static void Write(HtmlText html, RunView view)
    {
        var steps = view.Run.Steps.Where(step => step.Started is not null).ToList();
        if (steps.Count > 0)
        {
            html.Constant("<h3>Steps</h3>\n");
            Lane.Fold(html, steps, Math.Min(steps.Count, MostOpen), more => $"{ReportTimes.Count(more, "step")} more", (step, place) => Step(html, view, step, place));
        }

        var targets = view.Run.Changes.Where(change => change.Started is not null).GroupBy(change => change.Key.Target, StringComparer.Ordinal).Select(group => group.ToList()).ToList();
        if (targets.Count == 0)
            return;
        html.Constant("<h3>Targets</h3>\n");
        var ordered = targets.Count <= MostOpen ? targets : [.. targets.OrderBy(IsQuiet)];
        var open = targets.Count <= MostOpen ? targets.Count : Math.Clamp(ordered.Count(target => !IsQuiet(target)), 6, MostOpen);
        var start = html.Written;
        var left = 0;
        Lane.Fold(html, ordered, open, more => $"{ReportTimes.Count(more, "target")} more", (changes, place) =>
        {
            if (html.Written - start < Allowance)
                Target(html, view, changes, place);
            else
                left++;
        });
        if (left > 0)
            html.Write($"<p class=\"dim\">{ReportTimes.Count(left, "target")} more have no lane here; the table of changes and the journal have them.</p>\n");
    }

    private static void Step(HtmlText html, RunView view, StepRecord step, int place)
    {
        var until = step.Ended ?? view.End;
        var (word, colour) = step switch
        {
            { Completed: true } => ("completed", "ok"),
            { Ended: not null } => ("stopped", "bad"),
            _ => (view.Run.Status == RunStatus.Running && view.Run.Alive ? "under way" : "not ended", "warn"),
        };
        Lane.Begin(html, $"s{place}", $"{step.Number}. {step.Name}", $"{word}, from {view.Times.Time(step.Started!.Value)} to {view.Times.Time(until)}.", "thin");
        Lane.Bar(html, view.Axis, step.Started.Value, until, $"step {colour}", $"step {step.Number}, {step.Name} ({step.Verb}): {word}, {view.Times.Time(step.Started.Value)} to {view.Times.Time(until)}");
        Lane.End(html, $"{word}, {ReportTimes.Took(step.Started, until)}", colour);
    }

    private static void Target(HtmlText html, RunView view, List<ChangeRecord> changes, int place)
    {
        var name = changes[0].TargetName;
        var worst = changes.MaxBy(change => Gravity(change.Status))!;
        var summary = changes.Count == 1 ? RunView.WordOf(worst.Status) : worst.Status == ChangeStatus.Done ? $"{changes.Count} changes done" : $"{ReportTimes.Count(changes.Count, "change")}: {Short(worst.Status)}";
        Lane.Begin(html, $"t{place}", name, $"A bar for each of {ReportTimes.Count(changes.Count, "change")}: {summary}.", "thin");
        foreach (var change in changes)
        {
            var until = view.EndOf(change);
            Lane.Bar(
                html,
                view.Axis,
                change.Started!.Value,
                until,
                RunView.ClassOf(change.Status),
                $"step {change.Key.Step}: {change.Summary}: {RunView.WordOf(change.Status)}, {view.Times.Time(change.Started.Value)} to {view.Times.Time(until)}{(change.Attempts > 1 ? $", {change.Attempts} attempts" : "")}");
        }

        var from = changes.Min(change => change.Started);
        var to = changes.Max(view.EndOf);
        Lane.End(html, $"{(changes.Count == 1 ? Short(worst.Status) : summary)}, {ReportTimes.Took(from, to)}", RunView.ClassOf(worst.Status));
    }

    private static bool IsQuiet(List<ChangeRecord> changes) => changes.TrueForAll(change => change is { Status: ChangeStatus.Done, Attempts: <= 1 });

    private static string Short(ChangeStatus status) => status == ChangeStatus.Intended ? "open" : RunView.WordOf(status);

    private static int Gravity(ChangeStatus status) => status switch
    {
        ChangeStatus.Failed => 4,
        ChangeStatus.Unknown => 3,
        ChangeStatus.Intended => 2,
        ChangeStatus.Pending => 1,
        _ => 0,
    };
}
