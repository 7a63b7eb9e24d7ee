using OpsKit.Cli.Commands.Plans;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Engine.Journal;
using OpsKit.Engine.Runs;

namespace OpsKit.Cli.Commands.Runs;

/// <summary>Runs what was agreed to: shows it, keeps it in the journal, and says at its end what came of it.</summary>
internal sealed class RunDesk(CommandContext context, Agreement agreement)
{
    private readonly JumpHost _runHost = PlaybookDesk.RunHostOf(context);

    /// <summary>The journal. Opened before anything is contacted: without one there is no run.</summary>
    /// <exception cref="OpsKitException">It cannot be opened.</exception>
    public static RunJournal OpenJournal(CommandContext context) => new(PlaybookDesk.RunHostOf(context), context.Access.Secrets.Redactor);

    /// <summary>Runs and tells.</summary>
    /// <param name="journal">Knows the run afterwards.</param>
    /// <param name="run">Runs it with the console given, and tells the run's writer once there is one.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IRunJournal journal, Func<IRunConsole, Action<IRunWriter>, Task<RunOutcome>> run)
    {
        var terminal = context.Terminal;
        var started = _runHost.Clock.GetTimestamp();
        string? id = null;
        RunOutcome outcome;
        using (var questions = new RunQuestions(terminal, agreement, context.JumpHost.Clock))
        {
            var console = ConsoleOf(questions);
            await using ((IAsyncDisposable)console)
            {
                outcome = await run(console, writer =>
                {
                    id = writer.Id;
                    context.Access.RecordInto(writer.Folder, what => writer.Event("transcript-lost", 0, "", what));
                    context.Doors.BeforeRun();
                    terminal.Say($"run {writer.Id}, kept in {writer.Folder}");
                });
            }
        }

        return Conclude(journal, journal.Find(id ?? "last"), outcome, _runHost.Clock.GetElapsedTime(started));
    }

    private IRunConsole ConsoleOf(RunQuestions questions) => context.Terminal.Capabilities.Interactive && context.Terminal.Verbosity != Terminals.Verbosity.Quiet
        ? new LiveConsole(context.Terminal, _runHost.Clock, context.JumpHost.Clock, questions)
        : new LineConsole(context.Terminal, _runHost.Clock, context.JumpHost.Clock, questions);

    private int Conclude(IRunJournal journal, RunRecord run, RunOutcome outcome, TimeSpan took)
    {
        var terminal = context.Terminal;
        terminal.SayPainted("");
        terminal.SayPainted(RunText.Outcome(run, outcome, took, terminal.Paint));
        foreach (var line in RunText.Remarks(run))
            terminal.Say(line);
        if (RunReportFile.Leave(context, journal, run) is { } report)
            terminal.Say($"report: {report}");
        terminal.Suggest(context.Doors.AfterRun is { } after ? after(run) : run.Status is RunStatus.Done ? $"opskit runs show {run.Id}" : $"opskit runs show {run.Id}; when what stopped it is mended: opskit runs resume {run.Id}");
        return outcome switch
        {
            { StoppedByGuard: true } => Cli.ExitCodes.StoppedByGuard,
            { Status: RunStatus.Interrupted } => Cli.ExitCodes.Interrupted,
            { Status: RunStatus.Stopped } => Cli.ExitCodes.StoppedByGuard,
            { Status: RunStatus.Failed, Failures: [] } => Cli.ExitCodes.Failed,
            _ => Cli.ExitCodes.Of(outcome.Failures, Math.Max(outcome.Targets, outcome.Failures.Count + 1)),
        };
    }
}
