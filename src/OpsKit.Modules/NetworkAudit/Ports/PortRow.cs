namespace OpsKit.Modules.NetworkAudit;

/// <summary>A port of a host, or a range of which nothing is used: what is documented, listening, allowed and reachable of it.</summary>
public sealed record PortRow
{
    /// <summary>The host.</summary>
    public required HostPorts Host { get; init; }

    /// <summary><c>tcp</c> or <c>udp</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The port, or the first of a range.</summary>
    public required int First { get; init; }

    /// <summary>The port, or the last of a range.</summary>
    public required int Last { get; init; }

    /// <summary>What documentation says of it; null for nothing.</summary>
    public DocumentedPort? Documented { get; init; }

    /// <summary>What listens on it; empty for nothing, or where that was not read.</summary>
    public IReadOnlyList<HostSocket> Listeners { get; init; } = [];

    /// <summary>What the firewall lets in of it.</summary>
    public IReadOnlyList<FirewallOpening> Openings { get; init; } = [];

    /// <summary>Connections to it that are under way.</summary>
    public IReadOnlyList<HostSocket> InUse { get; init; } = [];

    /// <summary>What came of trying it from the jump host: <c>open</c>, or why not; null where it was not tried.</summary>
    public string? Reachable { get; init; }

    /// <summary>Whether something that others can reach listens on it.</summary>
    public bool Listens => Listeners.Any(listener => !listener.IsLocal);

    /// <summary>Whether everyone is let in.</summary>
    public bool IsOpenToAll => Openings.Any(opening => opening.ToAll) || (Host is { HasFirewall: true, Firewall: { } firewall } ? !firewall.Enabled || !firewall.Drops : !Host.HasFirewall);

    /// <summary>Whether anyone is let in, as far as that is known.</summary>
    public bool? IsAllowed => Host is { HasFirewall: true, Firewall: null } ? null : IsOpenToAll || Openings.Count > 0;

    /// <summary>The port as text, such as <c>902</c> or <c>5900-5964</c>.</summary>
    public string Port => First == Last
        ? First.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{First}-{Last}");
}
