namespace OpsKit.Cli.Commands.Trust;

/// <summary><c>opskit trust</c>.</summary>
internal static class TrustCommand
{
    public static OpsCommand Create() => new("trust", "Trust certificates and SSH host keys")
    {
        Group = CommandGroup.Estate,
        Subcommands = { AddCommand.Create(), ListCommand.Create(), RemoveCommand.Create() },
        Examples = [new Example("opskit trust add vc1", "look at a vCenter's certificate and trust it")],
    };
}
