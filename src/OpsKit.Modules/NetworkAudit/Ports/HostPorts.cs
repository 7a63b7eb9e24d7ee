namespace OpsKit.Modules.NetworkAudit;

/// <summary>What a host says of its ports.</summary>
public sealed record HostPorts
{
    /// <summary>The host's name.</summary>
    public required string Host { get; init; }

    /// <summary>The address its ports are tried at.</summary>
    public required string Address { get; init; }

    /// <summary><c>esxi</c>, or <c>esx</c> for the one with a service console.</summary>
    public required string Product { get; init; }

    /// <summary>Its version.</summary>
    public required Version Version { get; init; }

    /// <summary>Its connections and listeners; null where they were not read.</summary>
    public IReadOnlyList<HostSocket>? Sockets { get; init; }

    /// <summary>Why they were not read.</summary>
    public string? SocketsMissing { get; init; }

    /// <summary>Its firewall; null for a version that has none, or where it was not read.</summary>
    public HostFirewall? Firewall { get; init; }

    /// <summary>Whether its version has a firewall for its services: since 5.0.</summary>
    public bool HasFirewall => Version.Major >= 5;
}

/// <summary>A connection or listener of a host.</summary>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="LocalAddress">Its own address.</param>
/// <param name="LocalPort">Its own port.</param>
/// <param name="ForeignAddress">The other side's.</param>
/// <param name="ForeignPort">The other side's; 0 for nobody's.</param>
/// <param name="State">Such as <c>LISTEN</c>; empty for UDP.</param>
/// <param name="Process">Whose it is; null where that is not said.</param>
public sealed record HostSocket(string Protocol, string LocalAddress, int LocalPort, string ForeignAddress, int ForeignPort, string State, string? Process)
{
    /// <summary>Whether it waits for others: TCP in the state LISTEN, UDP with nobody on the other side.</summary>
    public bool Listens => Protocol == "tcp" ? State == "LISTEN" : ForeignPort == 0;

    /// <summary>Whether only the host itself can reach it.</summary>
    public bool IsLocal => LocalAddress.StartsWith("127.", StringComparison.Ordinal) || LocalAddress.TrimStart('[').StartsWith("::ffff:127.", StringComparison.OrdinalIgnoreCase) || LocalAddress is "::1" or "[::1]";

    /// <summary>Whether it is a connection under way, not one that ends or lingers.</summary>
    public bool IsInUse => ForeignPort != 0 && (Protocol == "udp" || State == "ESTABLISHED");
}

/// <summary>A host's firewall.</summary>
public sealed record HostFirewall
{
    /// <summary>Whether it is on.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether what no rule set speaks of is dropped.</summary>
    public bool Drops { get; init; } = true;

    /// <summary>What enabled rule sets let in.</summary>
    public IReadOnlyList<FirewallOpening> Openings { get; init; } = [];
}

/// <summary>Ports that a rule set lets in.</summary>
/// <param name="Ruleset">The rule set.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="First">The first port.</param>
/// <param name="Last">The last port.</param>
/// <param name="ToAll">Whether from anywhere.</param>
/// <param name="Addresses">Addresses and networks from which, where not from anywhere.</param>
public sealed record FirewallOpening(string Ruleset, string Protocol, int First, int Last, bool ToAll, IReadOnlyList<string> Addresses)
{
    /// <summary>Whether it lets a port in.</summary>
    /// <param name="protocol"><c>tcp</c> or <c>udp</c>.</param>
    /// <param name="port">The port.</param>
    public bool Covers(string protocol, int port) => Protocol == protocol && port >= First && port <= Last;
}
