using OpsKit.Connections.Inventory;

namespace OpsKit.Cli.Commands;

/// <summary>The edges a test replaces: how the world outside this process is reached.</summary>
internal sealed record Doors
{
    /// <summary>Reads an inventory file.</summary>
    public required Func<string, Estate> ReadInventory { get; init; }

    /// <summary>The real ones.</summary>
    public static Doors ToTheWorld { get; } = new()
    {
        ReadInventory = file => throw new Connections.OpsKitException(Connections.FailureKind.Usage, "inventory files cannot be read yet", file),
    };
}
