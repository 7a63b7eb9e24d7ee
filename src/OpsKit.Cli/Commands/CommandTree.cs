using System.CommandLine;

namespace OpsKit.Cli.Commands;

/// <summary>All commands. A new one is one line here.</summary>
internal static class CommandTree
{
    public static OpsCommand Create()
    {
        var root = new OpsCommand("opskit", "vSphere operations from a jump host: plan, rehearse, run, prove.")
        {
            Examples =
            [
                new Example("opskit doctor", "what is wrong with this jump host?"),
                new Example("opskit about --server vcenter1 --user reader --password prompt", "no inventory needed"),
                new Example("opskit license vram --out vram.csv", "today's licence report"),
            ],
        };
        foreach (var option in GlobalOptions.Endpoints.Concat(GlobalOptions.Reporting).Concat(GlobalOptions.General))
            root.Options.Add(option);

        foreach (var command in Commands())
            root.Subcommands.Add(command);
        return root;
    }

    private static IEnumerable<Command> Commands() =>
    [
        Plans.PlanCommand.Create(),
        Runs.ApplyCommand.Create(),
        Runs.RunsCommand.Create(),
        Playbooks.PlaybookCommand.Create(),
        .. Verbs.VerbCommand.All(),
        Licensing.LicenseCommand.Create(),
        About.AboutCommand.Create(),
        Inventory.InventoryCommand.Create(),
        Trust.TrustCommand.Create(),
        Doctor.DoctorCommand.Create(),
        Completion.CompletionCommand.Create(),
        Help.HelpCommand.Create(),
        Completion.CompleteCommand.Create(),
    ];
}
