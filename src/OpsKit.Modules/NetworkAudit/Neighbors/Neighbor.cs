namespace OpsKit.Modules.NetworkAudit;

/// <summary>What is at the other end of a NIC's cable, in its own words: every text is remote.</summary>
public sealed record Neighbor
{
    /// <summary><c>CDP</c> or <c>LLDP</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The switch: CDP's device id, LLDP's system name, else its chassis.</summary>
    public required string Switch { get; init; }

    /// <summary>Its port.</summary>
    public string? Port { get; init; }

    /// <summary>The port's native VLAN; null where it is not said.</summary>
    public long? Vlan { get; init; }

    /// <summary>What the switch is.</summary>
    public string? Platform { get; init; }

    /// <summary>Its software, shortened by the host.</summary>
    public string? Software { get; init; }

    /// <summary>The address it is managed at.</summary>
    public string? ManagementAddress { get; init; }

    /// <summary>The port's largest frame in bytes; null where it is not said.</summary>
    public long? Mtu { get; init; }

    /// <summary>Whether the port sends and receives at the same time; null where it is not said.</summary>
    public bool? FullDuplex { get; init; }
}

/// <summary>What came of asking for a NIC's neighbour.</summary>
public enum NeighborOutcome
{
    /// <summary>A neighbour was heard.</summary>
    Heard,

    /// <summary>The switch listens and the link is up, and nobody was heard.</summary>
    NoNeighbor,

    /// <summary>Nothing can have been heard: no link, no switch, or a switch that does not listen.</summary>
    NoData,

    /// <summary>The question failed.</summary>
    Failed,
}

/// <summary>The neighbour of a NIC, or why there is none.</summary>
/// <param name="Outcome">What came of asking.</param>
/// <param name="Neighbor">The neighbour, where one was heard.</param>
/// <param name="Reason">Why there is none; null where one was heard.</param>
/// <param name="Fix">The command or act that would change that; null where there is none.</param>
public sealed record NeighborAnswer(NeighborOutcome Outcome, Neighbor? Neighbor = null, string? Reason = null, string? Fix = null);
