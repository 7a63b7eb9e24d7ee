using System.Text;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Connections.Probes;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;

namespace OpsKit.Cli.Commands.Plans;

/// <summary>A plan as an operator reads it: step by step, target by target, what is found and what is wanted.</summary>
internal sealed class PlanText(int width, Func<string, Ink, string> paint, IReadOnlyDictionary<string, IReadOnlyList<ProbeTarget>>? watched)
{
    private const int MostUnchanged = 8;

    /// <summary>From so many targets on, those of which the plan says the same are one entry with all their names.</summary>
    private const int FewestAlike = 3;

    private readonly StringBuilder _text = new();

    /// <param name="plan">The plan.</param>
    /// <param name="playbook">Its playbook.</param>
    /// <param name="width">Columns.</param>
    /// <param name="paint">Gives text a colour.</param>
    /// <param name="watched">What each ping guard watches; null where it is not known.</param>
    public static string Of(
        Plan plan, Playbook playbook, int width, Func<string, Ink, string> paint, IReadOnlyDictionary<string, IReadOnlyList<ProbeTarget>>? watched = null)
    {
        var text = new PlanText(Math.Min(width, 160), paint, watched);
        text.Add(plan, playbook);
        return text._text.ToString();
    }

    /// <summary>The last line: what it all comes to.</summary>
    public static string Summary(Plan plan)
    {
        var targets = plan.Steps.SelectMany(step => step.Targets).ToList();
        var parts = new List<string>
        {
            plan.HasChanges
                ? $"{Counted.Of(targets.Sum(target => target.Changes.Count), "change")} on {Counted.Of(Keys(targets.Where(target => target.Changes.Count > 0)), "target")}"
                : "nothing to change",
        };
        var blocked = targets.Where(target => target.Blockers.Count > 0).ToList();
        if (blocked.Count > 0)
            parts.Add($"{Keys(blocked)} blocked");
        var later = plan.Steps.Where(step => !OnlyReports(step)).SelectMany(step => step.Targets).Count(target => target.DependsOnStep > 0);
        if (later > 0)
            parts.Add($"{later} planned again in their turn");
        var missing = targets.Count(target => target.NotAssessed is not null);
        if (missing > 0)
            parts.Add($"{missing} not assessed");
        return string.Join(", ", parts);
    }

    /// <summary>A report about all targets of a step is that of the first of them.</summary>
    private static bool OnlyReports(StepPlan step) => step.Targets.Any(target => target.Reports.Count > 0) && step.Targets.All(target => target.Changes.Count == 0);

    private string Watched(GuardSpec guard) =>
        watched is not null && watched.TryGetValue(guard.Name, out var addresses) ? $" ({Counted.Of(addresses.Count, "address", "addresses")})" : "";

    private static int Keys(IEnumerable<TargetPlan> targets) => targets.Select(target => target.Target.LockKey).Distinct(StringComparer.Ordinal).Count();

    private void Add(Plan plan, Playbook playbook)
    {
        Line("", paint(Safe(plan.Playbook), Ink.Bold));
        Pair("playbook", Safe(plan.File));
        Pair("inventory", Safe(plan.Inventory));
        foreach (var guard in playbook.Guards)
            Pair("guard", Safe($"{guard.Name}: {GuardText.Of(guard)}{Watched(guard)}"));
        foreach (var step in plan.Steps)
            Add(step, playbook.Steps.Single(candidate => candidate.Number == step.Number));
        _text.Append('\n');
        Line("", paint(Summary(plan), plan.IsBlocked ? Ink.Red : plan.HasChanges ? Ink.Yellow : Ink.Green));
    }

    private void Add(StepPlan planned, Step step)
    {
        _text.Append('\n');
        Line("", $"{paint($"Step {planned.Number}", Ink.Bold)}  {paint(Safe(planned.Name), Ink.Bold)}{(planned.Name == planned.Verb ? "" : $"  {planned.Verb}")}");
        if (step.Verb.TargetKind != TargetKind.None)
            Line("  ", paint(Safe(Order(planned, step)), Ink.Dim));
        if (planned.Impact != Impact.None)
            Line("  ", $"impact {paint(planned.Impact.Word(), planned.Impact.IsSevere() ? Ink.Red : Ink.Yellow)}: {planned.Impact.Meaning()}");
        foreach (var guard in planned.Guards)
            Line("  ", paint("guard     ", Ink.Dim) + Safe($"{guard.Spec.Name}: {GuardText.Of(guard.Spec)} ({Counted.Of(guard.Targets.Count, "address", "addresses")})"), 10);
        foreach (var alike in Alike(planned.Targets.Where(target => !IsQuiet(target))))
            Add(alike, step);
        var quiet = planned.Targets.Where(IsQuiet).Select(target => target.Target.Name).ToList();
        if (quiet.Count > 0 && step.Verb.Changes)
            Line("  ", paint("= ", Ink.Green) + Safe($"nothing to do on {Names(quiet)}"));
        if (!step.Verb.Changes && planned.Targets.Select(target => target.DependsOnStep).DefaultIfEmpty().Max() is > 0 and var earlier)
            Line("  ", paint($"read again after step {earlier}", Ink.Dim));
        foreach (var report in ReportMerge.ByName(planned.Targets.SelectMany(target => target.Reports)))
            Line("  ", $"{paint("≡ ", Ink.Cyan)}{Safe($"report {report.Name}: {Counted.Of(report.Rows.Count, "row")}{(report.NotAssessed.Count > 0 ? $", {report.NotAssessed.Count} not assessed" : "")}{(step.Bound.ReportFile is { } file ? $", into {file}" : "")}")}");
    }

    /// <summary>Each target by itself, or with those of which the plan says the same where they are enough to be tiresome; where the first of them stands.</summary>
    private static IEnumerable<IReadOnlyList<TargetPlan>> Alike(IEnumerable<TargetPlan> targets) => targets
        .Select((target, index) => (Target: target, Index: index))
        .GroupBy(pair => Said(pair.Target), StringComparer.Ordinal)
        .SelectMany(group => group.Count() >= FewestAlike ? [(group.First().Index, [.. group.Select(pair => pair.Target)])] : group.Select(pair => (pair.Index, (IReadOnlyList<TargetPlan>)[pair.Target])))
        .OrderBy(entry => entry.Index)
        .Select(entry => entry.Item2);

    private static string Said(TargetPlan target) => string.Join('\0',
    [
        Place(target.Target),
        .. target.Changes.Select(change => $"{change.Summary}\0{change.Impact}\0{change.Before}\0{change.After}"),
        .. target.Blockers.Select(blocker => $"x{blocker}"),
        .. target.Warnings.Select(warning => $"!{warning}"),
        $"?{target.NotAssessed}",
    ]);

    private void Add(IReadOnlyList<TargetPlan> alike, Step step)
    {
        var target = alike[0];
        var named = step.Verb.TargetKind != TargetKind.None;
        if (named)
        {
            var names = string.Join(", ", alike.Select(one => paint(Safe(one.Target.Name), Ink.Bold)));
            Line("  ", names + paint(Safe(InParentheses(alike.Count > 1 ? $"{alike.Count} alike" : "", Place(target.Target))), Ink.Dim), 2);
        }

        var indent = named ? "    " : "  ";
        foreach (var change in target.Changes)
        {
            Line(indent, $"{paint("~ ", Ink.Yellow)}{Safe(change.Summary)}{(change.Impact == Impact.None ? "" : "  " + paint(change.Impact.Word(), change.Impact.IsSevere() ? Ink.Red : Ink.Yellow))}", 2);
            Line(indent + "  ", $"{paint(Safe(change.Before), Ink.Dim)} {paint("→", Ink.Dim)} {Safe(change.After)}", 2);
        }

        foreach (var blocker in target.Blockers)
            Line(indent, paint("x blocked: ", Ink.Red) + Safe(blocker), 2);
        foreach (var warning in target.Warnings)
            Line(indent, paint("! ", Ink.Yellow) + Safe(warning), 2);
        if (target.NotAssessed is { } reason)
            Line(indent, paint("? not assessed: ", Ink.Yellow) + Safe(reason), 2);
    }

    private static string Order(StepPlan planned, Step step)
    {
        var sizes = planned.Batches.Select(batch => batch.Count).ToList();
        var order = sizes.Count switch
        {
            0 => "no targets",
            1 => $"{Counted.Of(sizes[0], "target")}{(sizes[0] > 1 ? " at once" : "")}",
            _ when sizes.All(size => size == 1) => $"{sizes.Count} targets, one by one",
            _ => $"{sizes.Sum()} targets in {sizes.Count} batches ({string.Join(" + ", sizes.Take(6))}{(sizes.Count > 6 ? " + …" : "")})",
        };
        var by = step.BatchBy switch { BatchBy.Cluster => ", batches by cluster", BatchBy.Enclosure => ", batches by enclosure", _ => "" };
        var stop = step.Verb.Changes ? $"; stops after {Counted.Of(step.StopAfterFailures, "failed target")}; at most {Durations.Words(planned.Timeout)} a change" : "";
        return order + by + stop;
    }

    private static bool IsQuiet(TargetPlan target) =>
        target is { Changes.Count: 0, Blockers.Count: 0, Warnings.Count: 0, NotAssessed: null };

    private static string Place(Target target) =>
        string.Join(", ", new[] { target.Cluster, target.Enclosure, target.VCenter == target.Name ? null : target.VCenter }.OfType<string>());

    private static string InParentheses(params IEnumerable<string> parts) =>
        string.Join("; ", parts.Where(part => part.Length > 0)) is { Length: > 0 } text ? $"  ({text})" : "";

    private static string Names(List<string> names) =>
        string.Join(", ", names.Take(MostUnchanged)) + (names.Count > MostUnchanged ? $" and {names.Count - MostUnchanged} more" : "");

    private void Pair(string name, string value) => Line("  ", paint(name.PadRight(10), Ink.Dim) + value, 10);

    private void Line(string indent, string text, int hang = 0) =>
        _text.Append(indent).Append(InkWrap.Hanging(text, width - indent.Length, hang).Replace("\n", "\n" + indent, StringComparison.Ordinal)).Append('\n');

    private static string Safe(string text) => SafeText.Line(text);
}
