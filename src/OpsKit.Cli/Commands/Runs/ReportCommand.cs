using OpsKit.Connections;

namespace OpsKit.Cli.Commands.Runs;

/// <summary><c>opskit runs report</c>.</summary>
internal static class ReportCommand
{
    public static OpsCommand Create()
    {
        var run = RunsCommand.Run();
        return new OpsCommand("report", "Write the report of a run as one HTML file")
        {
            Arguments = { run },
            Reports = true,
            Details =
                """
                The file holds everything: timeline, changes with before and after, what the guards
                saw of each target, losses and the longest outage. It needs no network and no
                scripts; send it to whoever has to know.
                """,
            Examples = [new Example("opskit runs report last --out change-4711.html", "the last run's")],
            ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.Usage],
            Handler = (parsed, context, _) =>
            {
                Write(context, parsed.GetValue(run) ?? "");
                return Task.FromResult(Cli.ExitCodes.Done);
            },
        };
    }

    private static void Write(CommandContext context, string id)
    {
        var file = context.Settings.OutFile ?? throw new OpsKitException(FailureKind.Usage, "a report goes into a file", next: "add --out FILE.html");
        using var journal = RunDesk.OpenJournal(context);
        RunReportFile.Write(journal, journal.Find(id), context.JumpHost.ResolvePath(file));
        context.Terminal.Say($"report written to {file}");
    }
}
