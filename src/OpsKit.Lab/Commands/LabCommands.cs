using System.CommandLine;
using OpsKit.Cli.Commands;

namespace OpsKit.Lab.Commands;

/// <summary>All commands of the lab. A new one is one line here.</summary>
internal static class LabCommands
{
    public static OpsCommand Create()
    {
        var root = new OpsCommand("opskit-lab", "A simulated vSphere estate on this machine, to try things on.")
        {
            Examples =
            [
                new Example("opskit-lab rehearse night.yaml", "a playbook, from plan to report"),
                new Example("opskit-lab serve", "a small estate, until Ctrl-C"),
                new Example("opskit-lab faults add slow --endpoint vc1 --delay 2m", "while it serves"),
            ],
        };
        foreach (var option in GlobalOptions.Reporting.Concat(GlobalOptions.General).Append(LabFolderOption.Folder))
            root.Options.Add(option);
        foreach (var command in Commands())
            root.Subcommands.Add(command);
        return root;
    }

    private static IEnumerable<Command> Commands() =>
    [
        RehearseCommand.Create(),
        ServeCommand.Create(),
        FaultsCommand.Create(),
        LogCommand.Create(),
        VcsuCommand.Create(),
    ];
}
