using OpsKit.Engine.Reports;
using OpsKit.Engine.Runs;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Engine.Runs.RunRecord>;

namespace OpsKit.Cli.Commands.Runs;

/// <summary><c>opskit runs list</c>.</summary>
internal static class ListCommand
{
    public static OpsCommand Create() => new("list", "List runs, newest first")
    {
        Reports = true,
        Details =
            """
            A run that says "crashed" has no process any more and did not end: resume it, or give
            it up. Until then, targets whose change is open stay locked.
            """,
        Examples = [new Example("opskit runs list", "all of them"), new Example("opskit runs list --output json", "for a script")],
        ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.Usage],
        Handler = (_, context, _) =>
        {
            using var journal = RunDesk.OpenJournal(context);
            context.Report(Of(journal.List(), context.JumpHost.Clock.LocalTimeZone));
            return Task.FromResult(Cli.ExitCodes.Done);
        },
    };

    private static ReportTable Of(IReadOnlyList<RunRecord> runs, TimeZoneInfo zone) => ReportTable.From(
        "runs",
        runs,
        Column.Text("Run", run => run.Id),
        Column.Text("Playbook", run => run.Start.Playbook),
        Column.Text("Status", RunText.Status, "running, crashed, done, failed, stopped, interrupted or aborted"),
        Column.Text("Started", run => RunText.Time(run.Started, zone)),
        Column.Text("Took", run => RunText.Span(run.Started, run.Ended)),
        Column.Text("By", run => run.Start.StartedBy),
        Column.Text("Reason", run => run.Reason));
}
