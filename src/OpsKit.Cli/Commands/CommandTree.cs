using System.CommandLine;

namespace OpsKit.Cli.Commands;

/// <summary>All commands. A new one is one line here.</summary>
internal static class CommandTree
{
    public static OpsCommand Create()
    {
        var root = new OpsCommand("opskit", "vSphere operations from a jump host: plan, rehearse, run, prove.");
        foreach (var option in GlobalOptions.Endpoints.Concat(GlobalOptions.Reporting).Concat(GlobalOptions.General))
            root.Options.Add(option);

        foreach (var command in Commands())
            root.Subcommands.Add(command);
        return root;
    }

    private static IEnumerable<Command> Commands() =>
    [
        Help.HelpCommand.Create(),
    ];
}
