using System.CommandLine;

namespace OpsKit.Cli.Commands.Runs;

/// <summary><c>opskit runs</c>.</summary>
internal static class RunsCommand
{
    public static OpsCommand Create() => new("runs", "Look at runs, take them up again, give them up")
    {
        Group = CommandGroup.Playbooks,
        Subcommands = { ListCommand.Create(), ShowCommand.Create(), ResumeCommand.Create(), AbortCommand.Create(), UnlockCommand.Create(), ReportCommand.Create() },
        Examples =
        [
            new Example("opskit runs list", "what ran, and how it ended"),
            new Example("opskit runs resume last", "take up the last run where it was"),
        ],
    };

    /// <summary>The argument that names a run.</summary>
    public static Argument<string> Run() => new("run") { HelpName = "RUN", Description = "The run: its id, the beginning or end of it, or last" };
}
