using System.Globalization;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>What is wrong with hosts' NICs, or will be when something fails. Pure.</summary>
public static class NicFindings
{
    /// <summary>Fewer uplinks than these leave beacons undecided: with two, neither knows which of them is deaf.</summary>
    private const int LeastForBeacons = 3;

    /// <summary>What there is to say of one NIC of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="nic">The NIC.</param>
    /// <param name="neighbors">Neighbours of the host's NICs, as far as they are known.</param>
    public static IReadOnlyList<string> Of(HostNetwork host, HostNic nic, IReadOnlyDictionary<string, Neighbor> neighbors)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(nic);
        ArgumentNullException.ThrowIfNull(neighbors);
        return host.SwitchOf(nic.Device) is { } one ? [.. OfUplink(host, nic, one, neighbors)] : [.. OfUnused(nic)];
    }

    /// <summary>Whether it is one of a port's functions: with Virtual Connect, each port shows as four, whether they are configured or not.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="nic">The NIC.</param>
    public static bool IsFlexNic(HostNetwork host, HostNic nic)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(nic);
        return nic.BladePort is { Length: > 2 } port ? port[^2] == '-' && char.IsAsciiLetter(port[^1])
            : host.Enclosure is not null && PciAddress.Card(nic.Pci) is { } card && host.Nics.Count(other => PciAddress.Card(other.Pci) == card) > 2;
    }

    private static IEnumerable<string> OfUnused(HostNic nic)
    {
        if (nic.LinkUp)
            yield return "unused, with a link: a cable or a FlexNIC for nothing";
    }

    private static IEnumerable<string> OfUplink(HostNetwork host, HostNic nic, HostSwitch one, IReadOnlyDictionary<string, Neighbor> neighbors)
    {
        var uplinks = one.Uplinks.Select(device => host.Nics.FirstOrDefault(other => other.Device == device)).OfType<HostNic>().ToList();
        var up = uplinks.Where(other => other.LinkUp && one.RoleOf(other.Device) != "unused").ToList();
        if (!nic.LinkUp)
            yield return "uplink down";
        if (uplinks.Count == 1)
            yield return $"single uplink of {one.Name}";
        else if (up is [var last] && last == nic)
            yield return $"only uplink of {one.Name} that is up";
        if (nic is { LinkUp: true, ConfiguredSpeedMb: { } set } && set != nic.SpeedMb)
            yield return $"speed {Speed(nic.SpeedMb)}, configured {Speed(set)}";
        if (nic is { LinkUp: true, ConfiguredFullDuplex: true, FullDuplex: false })
            yield return "half duplex, configured full";
        else if (nic.FullDuplex == false)
            yield return "half duplex";
        if (nic.LinkUp && up.Count > 0 && up.Max(other => other.SpeedMb) is { } fastest && fastest != nic.SpeedMb)
            yield return $"speed {Speed(nic.SpeedMb)}, another uplink of {one.Name} {Speed(fastest)}";
        if (one.BeaconProbing && uplinks.Count < LeastForBeacons)
            yield return $"beacon probing on {one.Name} with {Count(uplinks.Count)}: at least 3 are needed";
        foreach (var shared in Shared(one, uplinks, neighbors))
            yield return shared;
        foreach (var mismatch in AgainstSwitch(nic, one, neighbors.GetValueOrDefault(nic.Device)))
            yield return mismatch;
    }

    /// <summary>What all uplinks of a switch would lose together.</summary>
    private static IEnumerable<string> Shared(HostSwitch one, List<HostNic> uplinks, IReadOnlyDictionary<string, Neighbor> neighbors)
    {
        if (uplinks.Count < 2)
            yield break;
        if (Common(uplinks, nic => PciAddress.Card(nic.Pci)) is not null)
            yield return $"all uplinks of {one.Name} on one card";
        if (Common(uplinks, nic => nic.InterconnectBay?.ToString(CultureInfo.InvariantCulture)) is { } bay)
            yield return $"all uplinks of {one.Name} on interconnect bay {bay}";
        if (Common(uplinks, nic => neighbors.GetValueOrDefault(nic.Device)?.Switch) is { } neighbor)
            yield return $"all uplinks of {one.Name} on switch {neighbor}";
    }

    private static IEnumerable<string> AgainstSwitch(HostNic nic, HostSwitch one, Neighbor? neighbor)
    {
        if (one.Mtu is { } mtu && neighbor?.Mtu is { } theirs && theirs < mtu)
            yield return $"MTU {mtu} on {one.Name}, {theirs} on the switch's port";
        if (nic is { LinkUp: true, FullDuplex: { } duplex } && neighbor?.FullDuplex is { } other && other != duplex)
            yield return $"duplex mismatch: {(duplex ? "full" : "half")} here, {(other ? "full" : "half")} on the switch's port";
    }

    private static string? Common(List<HostNic> nics, Func<HostNic, string?> part)
    {
        var values = nics.ConvertAll(nic => part(nic));
        return values[0] is { } first && values.TrueForAll(value => value == first) ? first : null;
    }

    private static string Speed(long? megabits) => string.Create(CultureInfo.InvariantCulture, $"{megabits ?? 0} Mbit/s");

    private static string Count(int uplinks) => uplinks == 1 ? "1 uplink" : string.Create(CultureInfo.InvariantCulture, $"{uplinks} uplinks");
}
