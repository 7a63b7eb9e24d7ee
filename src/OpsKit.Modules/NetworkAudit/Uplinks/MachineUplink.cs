namespace OpsKit.Modules.NetworkAudit;

/// <summary>A network adapter of a running virtual machine, and the NIC its traffic leaves by.</summary>
public sealed record MachineUplink
{
    /// <summary>The machine's name.</summary>
    public required string Machine { get; init; }

    /// <summary>The adapter's MAC address; null where the host does not tell it, as before 5.1.</summary>
    public string? Mac { get; init; }

    /// <summary>Its port group; null where the host does not tell it, as before 5.1.</summary>
    public string? PortGroup { get; init; }

    /// <summary>Its virtual switch.</summary>
    public required string Switch { get; init; }

    /// <summary>The NIC, such as <c>vmnic1</c>; <c>all(2)</c> where traffic is spread over several, <c>void</c> where there is none.</summary>
    public required string Uplink { get; init; }

    /// <summary>The number of its port.</summary>
    public long PortId { get; init; }

    /// <summary>Whether it has no NIC to leave by.</summary>
    public bool HasNone => Uplink is "void" or "n/a" or "-" or "";

    /// <summary>Whether its traffic is spread over several NICs.</summary>
    public bool IsSpread => Uplink.StartsWith("all(", StringComparison.Ordinal);
}
