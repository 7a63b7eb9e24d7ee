using System.Globalization;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Runs;

namespace OpsKit.Cli.Commands.Runs;

/// <summary>A run in words.</summary>
internal static class RunText
{
    private const int MostRemarks = 8;

    /// <summary>The last line of a run, such as <c>✓ done: 8 changes on 4 targets in 6m12s</c>.</summary>
    public static string Outcome(RunRecord run, RunOutcome outcome, TimeSpan took, Func<string, Ink, string> paint)
    {
        var done = run.Changes.Count(change => change.Status == ChangeStatus.Done);
        var targets = run.Changes.Where(change => change.Status == ChangeStatus.Done).Select(change => change.Key.Target).Distinct(StringComparer.Ordinal).Count();
        var counts = run.Changes.Count == 0 ? "nothing was to be changed" : $"{done} of {Counted.Of(run.Changes.Count, "change")} done on {Counted.Of(targets, "target")}";
        var (mark, word, ink) = Of(run.Status, outcome);
        var reason = outcome.Reason is { } why ? $": {SafeText.Line(why)}" : "";
        return $"{paint($"{mark} {word}", ink)}{reason}; {counts} in {Durations.Words(took)}";
    }

    /// <summary>What changes that are done had to say, such as what was measured; of many the first, as <c>runs show</c> has all.</summary>
    public static IEnumerable<string> Remarks(RunRecord run)
    {
        var said = run.Changes.Where(change => change is { Status: ChangeStatus.Done, Detail.Length: > 0 }).ToList();
        foreach (var change in said.Take(MostRemarks))
            yield return $"  {change.TargetName}: {change.Detail!.Split('\n')[0]}";
        if (said.Count > MostRemarks)
            yield return $"  and {said.Count - MostRemarks} more, which opskit runs show {run.Id} has";
    }

    /// <summary>How a run stands, in a word.</summary>
    public static string Status(RunRecord run) => run.Status == RunStatus.Running ? run.Alive ? "running" : "crashed" : run.Status.ToString().ToLowerInvariant();

    /// <summary>A time of the jump host.</summary>
    public static string Time(DateTimeOffset? time, TimeZoneInfo zone) =>
        time is { } at ? TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";

    /// <summary>How long something took; empty where it has not ended.</summary>
    public static string Span(DateTimeOffset? started, DateTimeOffset? ended) =>
        started is { } from && ended is { } until && until >= from ? Durations.Words(until - from) : "";

    private static (string Mark, string Word, Ink Ink) Of(RunStatus status, RunOutcome outcome) => status switch
    {
        RunStatus.Done => ("✓", "done", Ink.Green),
        RunStatus.Interrupted => ("■", "interrupted", Ink.Yellow),
        RunStatus.Stopped => ("■", outcome.StoppedByGuard ? "stopped by a guard" : "stopped", Ink.Red),
        _ => ("✗", status.ToString().ToLowerInvariant(), Ink.Red),
    };
}
