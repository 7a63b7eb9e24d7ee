namespace OpsKit.Modules.NetworkAudit;

/// <summary>What is read of hosts' networks besides NICs and switches.</summary>
[Flags]
internal enum NetworkParts
{
    None = 0,

    /// <summary>Versions of drivers and firmware from shells, where vCenter does not tell them.</summary>
    Versions = 1,

    /// <summary>Neighbours, NIC by NIC.</summary>
    Neighbors = 2,

    /// <summary>Interconnect bays from Onboard Administrators.</summary>
    Bays = 4,
}

/// <summary>A host's network with what was asked for besides.</summary>
/// <param name="Network">The network.</param>
/// <param name="Neighbors">What came of asking for the neighbour of each NIC.</param>
/// <param name="Gaps">Parts of it that could not be read, each with its reason.</param>
internal sealed record HostNetworkView(HostNetwork Network, IReadOnlyDictionary<string, NeighborAnswer> Neighbors, IReadOnlyList<Engine.Reports.NotAssessed> Gaps);
