namespace OpsKit.Cli.Commands.Playbooks;

/// <summary><c>opskit playbook</c>.</summary>
internal static class PlaybookCommand
{
    public static OpsCommand Create() => new("playbook", "Check playbooks, and help editors write them")
    {
        Group = CommandGroup.Playbooks,
        Subcommands = { LintCommand.Create(), SchemaCommand.Create() },
        Examples = [new Example("opskit playbook lint night.yaml", "is night.yaml valid?")],
    };
}
