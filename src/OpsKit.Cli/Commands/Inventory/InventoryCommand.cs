namespace OpsKit.Cli.Commands.Inventory;

/// <summary><c>opskit inventory</c>.</summary>
internal static class InventoryCommand
{
    public static OpsCommand Create() => new("inventory", "Check and show the inventory")
    {
        Group = CommandGroup.Estate,
        Subcommands = { CheckCommand.Create(), ShowCommand.Create() },
        Examples = [new Example("opskit inventory check", "is opskit.yaml valid?")],
    };
}
