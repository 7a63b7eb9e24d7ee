using OpsKit.Cli.Commands.Plans;
using OpsKit.Connections;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Runs;
using OpsKit.Modules;

namespace OpsKit.Cli.Commands.Runs;

/// <summary><c>opskit runs resume</c>.</summary>
internal static class ResumeCommand
{
    public static OpsCommand Create()
    {
        var run = RunsCommand.Run();
        var (yes, confirm) = (Agreement.YesOption(), Agreement.ConfirmOption());
        return new OpsCommand("resume", "Take up a run where it was")
        {
            Arguments = { run },
            Options = { yes, confirm },
            UsesEndpoints = true,
            Details =
                """
                Changes that are done stay done. One whose outcome was lost is looked at first and
                never simply repeated. The plan that was agreed to goes on; anything new on a target
                is refused. The playbook is the one the run began with, whatever its file says now.
                """,
            Examples =
            [
                new Example("opskit runs resume last", "the last run"),
                new Example("opskit runs resume 20261124-0105-kfzt --yes", "without questions"),
            ],
            ExitCodes = ApplyCommand.Codes,
            Handler = (parsed, context, ct) => ResumeAsync(context, parsed.GetValue(run) ?? "", new Agreement(parsed.GetValue(yes), parsed.GetValue(confirm)), ct),
        };
    }

    private static async Task<int> ResumeAsync(CommandContext context, string id, Agreement agreement, CancellationToken ct)
    {
        if (context.Settings.Limit.Count > 0)
            throw new OpsKitException(FailureKind.Usage, "a run is resumed with the targets it began with; --limit does not go with it", next: "leave --limit out");
        using var journal = RunDesk.OpenJournal(context);
        var known = journal.Find(id);
        if (known.Alive)
            throw new OpsKitException(FailureKind.Locked, $"run {known.Id} is under way in another process", next: $"opskit runs show {known.Id}");
        if (known.Status is RunStatus.Done or RunStatus.Aborted)
            throw new OpsKitException(FailureKind.Usage, $"run {known.Id} is {(known.Status == RunStatus.Done ? "done" : "given up")}; there is nothing to resume", next: "opskit runs list");
        if (known.Start.Inventory is null && context.Settings is { IsAdHoc: false, Inventory: null })
            throw new OpsKitException(FailureKind.Usage, $"run {known.Id} began without an inventory", next: "give it the same --server, --user and --password again");
        await using var desk = PlaybookDesk.Open(context, SourceOf(known));
        return await new RunDesk(context, agreement).RunAsync(journal, (console, begun) => desk.Run.ResumeAsync(known.Id, journal, console, begun, ct));
    }

    private static PlaybookSource SourceOf(RunRecord run) => new()
    {
        Playbook = PlaybookReader.Parse(run.Start.PlaybookText, run.Start.File is { } file ? Path.GetFileName(file) : PlaybookSource.CommandLine, run.Start.Vars, ModuleVerbs.All),
        Text = run.Start.PlaybookText,
        File = run.Start.File,
        Vars = run.Start.Vars,
        Inventory = run.Start.Inventory,
    };
}
