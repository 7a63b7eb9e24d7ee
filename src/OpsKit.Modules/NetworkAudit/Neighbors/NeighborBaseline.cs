namespace OpsKit.Modules.NetworkAudit;

/// <summary>Where NICs were connected at an earlier time.</summary>
public sealed class NeighborBaseline
{
    private readonly Dictionary<(string Host, string Device), BaselinePlace> _places;
    private readonly HashSet<string> _hosts;

    /// <summary>Makes a baseline.</summary>
    /// <param name="places">One for each NIC, of hosts in any spelling of upper and lower case.</param>
    public NeighborBaseline(IEnumerable<BaselinePlace> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        _places = places.GroupBy(place => (Key(place.Host), place.Device)).ToDictionary(group => group.Key, group => group.Last());
        _hosts = [.. _places.Keys.Select(key => key.Host)];
    }

    /// <summary>The NICs that a host had.</summary>
    /// <param name="host">The host.</param>
    public IEnumerable<string> NicsOf(string host) => _places.Keys.Where(key => key.Host == Key(host)).Select(key => key.Device);

    /// <summary>Where a NIC was: <c>switch port</c>, or <c>no known port</c>.</summary>
    /// <param name="host">The host.</param>
    /// <param name="device">The NIC.</param>
    public string PlaceOf(string host, string device) => _places.TryGetValue((Key(host), device), out var place) && place.Switch is not null ? place.ToString() : "no known port";

    /// <summary>What is different with a NIC; null for nothing.</summary>
    /// <param name="host">The host.</param>
    /// <param name="device">The NIC.</param>
    /// <param name="now">What was heard now.</param>
    public string? ChangeOf(string host, string device, NeighborAnswer now)
    {
        ArgumentNullException.ThrowIfNull(now);
        if (!_hosts.Contains(Key(host)))
            return "host not in the baseline";
        if (!_places.TryGetValue((Key(host), device), out var before))
            return "NIC not in the baseline";
        return now switch
        {
            // What could not be asked has neither changed nor stayed.
            { Outcome: NeighborOutcome.Failed } => null,
            { Neighbor: null } => before.Switch is null ? null : $"neighbour gone: was {before}",
            { Neighbor: { } neighbor } when before.Switch is null => $"new neighbour: {neighbor.Switch} {neighbor.Port}".TrimEnd(),
            { Neighbor: { } neighbor } when neighbor.Switch != before.Switch => $"cable moved: was {before}",
            { Neighbor: { } neighbor } when (neighbor.Port ?? "") != (before.Port ?? "") => $"port changed: was {before}",
            { Neighbor: { } neighbor } when neighbor.Vlan != before.Vlan => $"VLAN changed: was {before.Vlan?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not said"}",
            _ => null,
        };
    }

    private static string Key(string host) => host.ToUpperInvariant();
}

/// <summary>Where a NIC was connected.</summary>
/// <param name="Host">Its host.</param>
/// <param name="Device">The NIC.</param>
/// <param name="Switch">The switch; null where none was known.</param>
/// <param name="Port">Its port.</param>
/// <param name="Vlan">The port's native VLAN; null where it was not said.</param>
public sealed record BaselinePlace(string Host, string Device, string? Switch, string? Port, long? Vlan)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Switch} {Port}".TrimEnd();
}
