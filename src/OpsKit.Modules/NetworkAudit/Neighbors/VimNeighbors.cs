using System.Globalization;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Asks a host through its vCenter who is at the other end of its NICs, one NIC at a time: asked for all, some hosts of 6.x and 7.x answer with nothing.</summary>
internal static class VimNeighbors
{
    /// <summary>What came of it, by NIC.</summary>
    public static async Task<IReadOnlyDictionary<string, NeighborAnswer>> ReadAsync(
        IVimQueries queries, ManagedObjectReference? networkSystem, HostNetwork host, CancellationToken cancellationToken)
    {
        var asked = await Task.WhenAll(host.Nics.Select(async nic => (nic.Device, Answer: await OneAsync(queries, networkSystem, host, nic, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return asked.GroupBy(one => one.Device, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Answer, StringComparer.Ordinal);
    }

    private static async Task<NeighborAnswer> OneAsync(
        IVimQueries queries, ManagedObjectReference? networkSystem, HostNetwork host, HostNic nic, CancellationToken cancellationToken)
    {
        if (!NeighborJudge.CanHear(host, nic))
            return NeighborJudge.Of(host, nic, null);
        if (networkSystem is null)
            return new NeighborAnswer(NeighborOutcome.Failed, Reason: "vCenter tells no network system of the host");
        try
        {
            var hints = await queries.QueryNetworkHintAsync(networkSystem, [nic.Device], cancellationToken).ConfigureAwait(false);
            return NeighborJudge.Of(host, nic, Of(hints.FirstOrDefault(hint => hint.Device == nic.Device)));
        }
        catch (VimException refused)
        {
            return new NeighborAnswer(NeighborOutcome.Failed, Reason: $"the host could not be asked: {refused.Message}");
        }
    }

    /// <summary>The neighbour in a hint; null where nobody was heard. CDP and LLDP are never both there.</summary>
    public static Neighbor? Of(PhysicalNicHintInfo? hint) =>
        hint?.ConnectedSwitchPort is { } cdp && Said(cdp.DevId) is not null ? OfCdp(cdp)
        : hint?.LldpInfo is { } lldp ? OfLldp(lldp)
        : null;

    private static Neighbor OfCdp(PhysicalNicCdpInfo cdp) => new()
    {
        Protocol = "CDP",
        Switch = cdp.DevId!,
        Port = Said(cdp.PortId),
        Vlan = cdp.Vlan is > 0 and var vlan ? vlan : null,
        Platform = Said(cdp.HardwarePlatform),
        Software = Said(cdp.SoftwareVersion),
        ManagementAddress = Said(cdp.MgmtAddr) ?? Said(cdp.Address),
        Mtu = cdp.Mtu is > 0 and var mtu ? mtu : null,
        FullDuplex = cdp.FullDuplex,
    };

    private static Neighbor? OfLldp(LinkLayerDiscoveryProtocolInfo lldp)
    {
        var name = Parameter(lldp, "System Name") ?? Said(lldp.ChassisId);
        return name is null ? null : new Neighbor
        {
            Protocol = "LLDP",
            Switch = name,
            Port = Said(lldp.PortId) ?? Parameter(lldp, "Port Description"),
            Vlan = Number(Parameter(lldp, "Vlan ID")),
            Platform = Parameter(lldp, "System Description"),
            ManagementAddress = Parameter(lldp, "Management Address"),
            Mtu = Number(Parameter(lldp, "MTU")),
        };
    }

    /// <summary>Some values are structures, not texts; those say nothing here.</summary>
    private static string? Parameter(LinkLayerDiscoveryProtocolInfo lldp, string key) => lldp.Parameter.FirstOrDefault(parameter => parameter.Key == key)?.Value switch
    {
        string text => Said(text),
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        short number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
