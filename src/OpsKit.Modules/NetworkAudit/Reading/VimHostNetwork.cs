using OpsKit.Engine.Verbs;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>A host's network out of what vCenter says of it. Pure.</summary>
internal static class VimHostNetwork
{
    /// <summary>The properties it is made of.</summary>
    public static readonly IReadOnlyList<PropertyPath> Paths =
    [
        HostSystemProperties.RuntimeConnectionState, HostSystemProperties.ConfigProduct, HostSystemProperties.ConfigNetworkPnic,
        HostSystemProperties.ConfigNetworkVswitch, HostSystemProperties.ConfigNetworkProxySwitch, HostSystemProperties.HardwarePciDevice,
        HostSystemProperties.ConfigManagerNetworkSystem,
    ];

    /// <summary>The host's network.</summary>
    /// <param name="target">The host.</param>
    /// <param name="found">What was retrieved of it.</param>
    /// <param name="distributed">Distributed switches of the vCenter, by their UUIDs: how they ask for neighbours.</param>
    public static HostNetwork Of(Target target, RetrievedObject found, IReadOnlyDictionary<string, LinkDiscoveryProtocolConfig> distributed)
    {
        var devices = (found.Get(HostSystemProperties.HardwarePciDevice) ?? []).GroupBy(device => PciAddress.Plain(device.Id), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        return new HostNetwork
        {
            Host = target.Name,
            VCenter = target.VCenter,
            Cluster = target.Cluster,
            Enclosure = target.Enclosure,
            Version = found.Get(HostSystemProperties.ConfigProduct)?.Version,
            Nics = [.. (found.Get(HostSystemProperties.ConfigNetworkPnic) ?? []).Select(nic => Nic(nic, devices)).OrderBy(nic => nic.Device, NicOrder.Instance)],
            Switches =
            [
                .. (found.Get(HostSystemProperties.ConfigNetworkVswitch) ?? []).Select(Standard),
                .. (found.Get(HostSystemProperties.ConfigNetworkProxySwitch) ?? []).Select(proxy => Distributed(proxy, distributed)),
            ],
        };
    }

    private static HostNic Nic(PhysicalNic nic, Dictionary<string, HostPciDevice> devices)
    {
        var device = devices.GetValueOrDefault(PciAddress.Plain(nic.Pci));
        return new HostNic
        {
            Device = nic.Device ?? nic.Key ?? "",
            Pci = Said(nic.Pci),
            Driver = Said(nic.Driver),
            DriverVersion = Said(nic.DriverVersion),
            FirmwareVersion = Said(nic.FirmwareVersion),
            Mac = Said(nic.Mac),
            SpeedMb = nic.LinkSpeed?.SpeedMb is > 0 and var speed ? speed : null,
            FullDuplex = nic.LinkSpeed?.SpeedMb > 0 ? nic.LinkSpeed.Duplex : null,
            ConfiguredSpeedMb = nic.Spec?.LinkSpeed?.SpeedMb,
            ConfiguredFullDuplex = nic.Spec?.LinkSpeed?.Duplex,
            Description = device is null ? null : DescriptionOf(device.VendorName ?? "", device.DeviceName ?? ""),
        };
    }

    /// <summary>Some devices have their vendor in their name.</summary>
    private static string? DescriptionOf(string vendor, string device) =>
        Said(device.StartsWith(vendor, StringComparison.OrdinalIgnoreCase) ? device : $"{vendor} {device}".Trim());

    private static HostSwitch Standard(HostVirtualSwitch one)
    {
        var teaming = one.Spec?.Policy?.NicTeaming;
        var bond = one.Spec?.Bridge as HostVirtualSwitchBondBridge;
        var linked = bond?.NicDevice is { Count: > 0 } named ? named : [.. one.Pnic.Select(Device)];
        var (active, standby) = (teaming?.NicOrder?.ActiveNic ?? linked, teaming?.NicOrder?.StandbyNic ?? []);
        return new HostSwitch
        {
            Name = one.Name ?? one.Key ?? "",
            Mtu = one.Mtu ?? one.Spec?.Mtu,
            Teaming = teaming?.Policy,
            BeaconProbing = teaming?.FailureCriteria?.CheckBeacon == true,
            Active = [.. active.Where(linked.Contains)],
            Standby = [.. standby.Where(linked.Contains)],
            Unused = [.. linked.Where(device => !active.Contains(device) && !standby.Contains(device))],
            Discovery = bond?.LinkDiscoveryProtocolConfig?.Protocol,
            DiscoveryMode = bond?.LinkDiscoveryProtocolConfig?.Operation,
        };
    }

    private static HostSwitch Distributed(HostProxySwitch proxy, IReadOnlyDictionary<string, LinkDiscoveryProtocolConfig> distributed)
    {
        var discovery = proxy.DvsUuid is { } uuid ? distributed.GetValueOrDefault(uuid) : null;
        var backing = (proxy.Spec?.Backing as DistributedVirtualSwitchHostMemberPnicBacking)?.PnicSpec.Select(spec => spec.PnicDevice).OfType<string>().ToList();
        return new HostSwitch
        {
            Name = proxy.DvsName ?? proxy.Key ?? "",
            PortSet = proxy.Key,
            Distributed = true,
            Mtu = proxy.Mtu,
            Active = backing is { Count: > 0 } ? backing : [.. proxy.Pnic.Select(Device)],
            Discovery = discovery?.Protocol,
            DiscoveryMode = discovery?.Operation,
        };
    }

    /// <summary><c>vmnic0</c> of <c>key-vim.host.PhysicalNic-vmnic0</c>.</summary>
    private static string Device(string key) => key[(key.LastIndexOf('-') + 1)..];

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
