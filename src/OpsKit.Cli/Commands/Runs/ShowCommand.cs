using System.CommandLine;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Engine.Journal;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;
using Changes = OpsKit.Engine.Reports.Column<OpsKit.Engine.Runs.ChangeRecord>;
using Events = OpsKit.Engine.Reports.Column<OpsKit.Engine.Runs.RunEvent>;

namespace OpsKit.Cli.Commands.Runs;

/// <summary><c>opskit runs show</c>.</summary>
internal static class ShowCommand
{
    public static OpsCommand Create()
    {
        var run = RunsCommand.Run();
        var events = new Option<bool>("--events") { Description = "What happened, in order, instead of the changes", Arity = ArgumentArity.Zero };
        return new OpsCommand("show", "Show a run: its steps and changes, or what happened in it")
        {
            Arguments = { run },
            Options = { events },
            Reports = true,
            Examples =
            [
                new Example("opskit runs show last", "the last run"),
                new Example("opskit runs show last --events", "step by step"),
                new Example("opskit runs show 20261124-0105-kfzt --out changes.csv", "its changes, for the change board"),
            ],
            ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.Usage],
            Handler = (parsed, context, _) =>
            {
                Show(context, parsed.GetValue(run) ?? "", parsed.GetValue(events));
                return Task.FromResult(Cli.ExitCodes.Done);
            },
        };
    }

    private static void Show(CommandContext context, string id, bool events)
    {
        using var journal = RunDesk.OpenJournal(context);
        var run = journal.Find(id);
        if (context.Settings is { Output: OutputFormat.Table, OutFile: null })
            Head(context, run);
        context.Report(events ? EventsOf(journal.Events(run.Id), context.JumpHost.Clock.LocalTimeZone) : ChangesOf(run));
    }

    private static void Head(CommandContext context, RunRecord run)
    {
        var terminal = context.Terminal;
        var zone = context.JumpHost.Clock.LocalTimeZone;
        void Pair(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                terminal.Data($"{name,-10} {SafeText.Line(value)}\n");
        }

        Pair("run", run.Id);
        Pair("playbook", run.Start.File is { } file ? $"{run.Start.Playbook} ({file})" : run.Start.Playbook);
        Pair("inventory", run.Start.Inventory);
        Pair("status", run.Reason is { } reason ? $"{RunText.Status(run)}: {reason}" : RunText.Status(run));
        Pair("started", $"{RunText.Time(run.Started, zone)} by {run.Start.StartedBy}");
        Pair("ended", run.Ended is null ? null : $"{RunText.Time(run.Ended, zone)}, after {RunText.Span(run.Started, run.Ended)}");
        Pair("folder", run.Folder);
        foreach (var step in run.Steps)
            Pair($"step {step.Number}", $"{step.Name}: {StepWord(step)}");
        terminal.Data("\n");
    }

    private static string StepWord(StepRecord step) => step switch
    {
        { Completed: true } => $"completed, {RunText.Span(step.Started, step.Ended)}",
        { Ended: not null } => $"stopped after {RunText.Span(step.Started, step.Ended)}",
        { Started: not null } => "begun",
        _ => "not begun",
    };

    private static ReportTable ChangesOf(RunRecord run) => ReportTable.From(
        "run-changes",
        run.Changes,
        Changes.Integer("Step", change => change.Key.Step).AsLesser(),
        Changes.Text("Target", change => change.TargetName),
        Changes.Text("Change", change => change.Summary),
        Changes.Text("Status", change => change.Status == ChangeStatus.Intended ? "open" : change.Status.ToString().ToLowerInvariant(), "pending, open, done, failed or unknown"),
        Changes.Text("Before", change => change.Before).AsLesser(),
        Changes.Text("After", change => change.After),
        Changes.Text("Impact", change => change.Impact.Word()).AsLesser(),
        Changes.Integer("Attempts", change => change.Attempts).AsLesser(),
        Changes.Text("Took", change => RunText.Span(change.Started, change.Ended)).AsLesser(),
        Changes.Text("Detail", change => change.Detail));

    private static ReportTable EventsOf(IReadOnlyList<RunEvent> events, TimeZoneInfo zone) => ReportTable.From(
        "run-events",
        events,
        Events.Integer("Number", happened => happened.Sequence),
        Events.Text("At", happened => RunText.Time(happened.At, zone)),
        Events.Text("Event", happened => happened.Kind),
        Events.Integer("Step", happened => happened.Step),
        Events.Text("Target", happened => happened.Target),
        Events.Text("Text", happened => happened.Text));
}
