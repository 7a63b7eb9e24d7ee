using System.Text.Json;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;

namespace OpsKit.Engine.Runs.Report;

/// <summary>A run as its report sees it.</summary>
internal sealed class RunView
{
    private RunView(RunRecord run, IReadOnlyList<RunEvent> events, IEnumerable<GuardSample> samples, RunReportOptions options)
    {
        (Run, Events, Written) = (run, events, options.Written);
        Plan = PlanOf(run.Start.PlanJson);
        Guards = [.. PlaybookReader.GuardsOf(run.Start.PlaybookText, run.Start.Vars), .. Plan?.Steps.SelectMany(step => step.Guards).Select(guard => guard.Spec) ?? []];
        Lives = RunLife.Of(run, events);
        Pings = PingLedger.Read(samples, Lives, Guards);
        Axis = new TimeAxis(Lives, options.TimeZone);
        Times = new ReportTimes(options.TimeZone, Axis.SpansDays);
        Paused = PausesOf(events);
        Marks = [.. events.Where(happened => happened.Kind == RunEvent.Mark)];
    }

    public RunRecord Run { get; }

    public IReadOnlyList<RunEvent> Events { get; }

    public DateTimeOffset? Written { get; }

    /// <summary>The approved plan; null where it cannot be read any more.</summary>
    public Plan? Plan { get; }

    /// <summary>The guards of the playbook, and those its steps brought along.</summary>
    public IReadOnlyList<GuardSpec> Guards { get; }

    public IReadOnlyList<RunLife> Lives { get; }

    public PingLedger Pings { get; }

    public TimeAxis Axis { get; }

    public ReportTimes Times { get; }

    /// <summary>When nothing was begun as a guard could not tell: from the question to whatever settled it.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To, string Text)> Paused { get; }

    /// <summary>The moments that changes marked.</summary>
    public IReadOnlyList<RunEvent> Marks { get; }

    /// <summary>The last sign of life.</summary>
    public DateTimeOffset End => Lives[^1].Ended;

    /// <summary>Whether it stands as running although no process carries it.</summary>
    public bool Crashed => Run.Status == RunStatus.Running && !Run.Alive;

    /// <summary>How it stands, in a word.</summary>
    public string Word => Crashed ? "crashed" : Run.Status.ToString().ToLowerInvariant();

    public static RunView Of(RunRecord run, IReadOnlyList<RunEvent> events, IEnumerable<GuardSample> samples, RunReportOptions options) => new(run, events, samples, options);

    /// <summary>Until when a change was under way: to its end, or to the last sign of the process that began it last.</summary>
    public DateTimeOffset EndOf(ChangeRecord change) =>
        change.Ended ?? Lives.LastOrDefault(life => life.Began <= (change.Started ?? DateTimeOffset.MaxValue))?.Ended ?? End;

    /// <summary>The changes that were under way at a moment, those that do most first.</summary>
    public IEnumerable<ChangeRecord> UnderWay(DateTimeOffset at) =>
        Run.Changes.Where(change => change.Started <= at && EndOf(change) >= at).OrderByDescending(change => change.Impact);

    /// <summary>The colour of a change's outcome.</summary>
    public static string ClassOf(ChangeStatus status) => status switch
    {
        ChangeStatus.Done => "ok",
        ChangeStatus.Failed => "bad",
        ChangeStatus.Intended or ChangeStatus.Unknown => "warn",
        _ => "dim",
    };

    /// <summary>A change's outcome in words.</summary>
    public static string WordOf(ChangeStatus status) => status switch
    {
        ChangeStatus.Pending => "not begun",
        ChangeStatus.Intended => "open: begun, and its outcome is not on record",
        ChangeStatus.Unknown => "outcome unknown",
        ChangeStatus.Done => "done",
        _ => "failed",
    };

    private static Plan? PlanOf(string json)
    {
        try
        {
            return PlanJson.Read(json);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    private static List<(DateTimeOffset From, DateTimeOffset To, string Text)> PausesOf(IReadOnlyList<RunEvent> events)
    {
        var pauses = new List<(DateTimeOffset From, DateTimeOffset To, string Text)>();
        RunEvent? open = null;
        foreach (var happened in events)
        {
            if (happened.Kind == "paused")
            {
                open ??= happened;
            }
            else if (open is not null && (happened.Kind is "resumed" or "guard-breached" or "guard-inconclusive" or "change-intended" or "run-ended" or "run-resumed"
                || (happened.Kind == "guard" && happened.Text.StartsWith("healthy", StringComparison.Ordinal))))
            {
                pauses.Add((open.At, happened.At, open.Text));
                open = null;
            }
        }

        if (open is not null)
            pauses.Add((open.At, events[^1].At, open.Text));
        return pauses;
    }
}
