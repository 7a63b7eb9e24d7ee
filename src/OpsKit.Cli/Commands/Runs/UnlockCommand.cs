namespace OpsKit.Cli.Commands.Runs;

/// <summary><c>opskit runs unlock</c>.</summary>
internal static class UnlockCommand
{
    public static OpsCommand Create()
    {
        var run = RunsCommand.Run();
        return new OpsCommand("unlock", "Let go of the locks a dead run holds, without giving it up")
        {
            Arguments = { run },
            Details = "A run whose process died keeps targets locked whose change has no known outcome.\nUnlock them when you have looked and another run must go on there.",
            Examples = [new Example("opskit runs unlock last", "the last run's")],
            ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.Usage, Cli.ExitCodes.Locked],
            Handler = (parsed, context, _) =>
            {
                using var journal = RunDesk.OpenJournal(context);
                var id = journal.Find(parsed.GetValue(run) ?? "").Id;
                context.Terminal.Say($"run {id}: {Counted.Of(journal.Unlock(id), "lock")} let go");
                return Task.FromResult(Cli.ExitCodes.Done);
            },
        };
    }
}
