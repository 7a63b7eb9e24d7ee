using OpsKit.Engine.Runs;

namespace OpsKit.Cli.Commands.Runs;

/// <summary><c>opskit runs abort</c>.</summary>
internal static class AbortCommand
{
    public static OpsCommand Create()
    {
        var run = RunsCommand.Run();
        return new OpsCommand("abort", "Give a run up: it cannot be resumed, and its locks are free")
        {
            Arguments = { run },
            Details = "What was done stays done. Changes whose outcome is open are named, so that\nsomebody looks at them. A run whose process lives is not touched: end that first.",
            Examples = [new Example("opskit runs abort last", "the last run")],
            ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.Usage, Cli.ExitCodes.Locked],
            Handler = (parsed, context, _) =>
            {
                Abort(context, parsed.GetValue(run) ?? "");
                return Task.FromResult(Cli.ExitCodes.Done);
            },
        };
    }

    private static void Abort(CommandContext context, string id)
    {
        using var journal = RunDesk.OpenJournal(context);
        var run = journal.Find(id);
        journal.Abort(run.Id);
        context.Terminal.Say($"run {run.Id} is given up; {Counted.Of(run.Changes.Count(change => change.Status == ChangeStatus.Done), "change")} of {run.Changes.Count} had been done");
        foreach (var open in run.Changes.Where(change => change.Status is ChangeStatus.Intended or ChangeStatus.Unknown))
            context.Terminal.Warn($"{open.TargetName}: whether this was done is open: {open.Summary}");
    }
}
