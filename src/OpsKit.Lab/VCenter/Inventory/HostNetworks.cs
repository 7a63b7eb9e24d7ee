using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>The network of hosts: NICs, switches, port groups, VMkernel adapters.</summary>
internal static class HostNetworks
{
    private const int StandardPorts = 128;

    public static HostNetworkInfo Info(LabHost host) => new()
    {
        Vswitch = [.. host.VSwitches.Where(vswitch => !vswitch.Distributed).Select(Switch)],
        ProxySwitch = [.. host.VSwitches.Where(vswitch => vswitch.Distributed).Select(ProxySwitch)],
        Portgroup = [.. host.VSwitches.Where(vswitch => !vswitch.Distributed).SelectMany(vswitch => vswitch.PortGroups.Select(group => PortGroup(vswitch, group)))],
        Pnic = [.. host.PNics.Where(nic => !nic.PassthroughActive).Select(nic => PhysicalNic(host, nic))],
        Vnic = [.. host.Vmks.Select(VirtualNic)],
        DnsConfig = Dns(host),
        IpRouteConfig = Route(host),
        RouteTableInfo = Routes(host),
        IpV6Enabled = false,
        AtBootIpV6Enabled = false,
        NetStackInstance = HostSettings.Major(host) < 6 ? [] : [Stack(host, "defaultTcpipStack"), Stack(host, "vmotion")],
    };

    /// <summary>What was configured, without what came of it.</summary>
    public static HostNetworkConfig Config(LabHost host) => new()
    {
        Vswitch = [.. host.VSwitches.Where(vswitch => !vswitch.Distributed).Select(vswitch => new HostVirtualSwitchConfig { Name = vswitch.Name, Spec = Switch(vswitch).Spec })],
        ProxySwitch = [.. host.VSwitches.Where(vswitch => vswitch.Distributed).Select(vswitch => new HostProxySwitchConfig { Uuid = vswitch.DvsUuid, Spec = ProxySwitch(vswitch).Spec })],
        Portgroup = [.. host.VSwitches.Where(vswitch => !vswitch.Distributed).SelectMany(vswitch => vswitch.PortGroups.Select(group => new HostPortGroupConfig { Spec = PortGroup(vswitch, group).Spec }))],
        Pnic = [.. host.PNics.Where(nic => !nic.PassthroughActive).Select(nic => new PhysicalNicConfig { Device = nic.Device, Spec = PhysicalNic(host, nic).Spec })],
        Vnic = [.. host.Vmks.Select(vmk => new HostVirtualNicConfig { Device = vmk.Device, Portgroup = vmk.PortGroup, Spec = VirtualNic(vmk).Spec })],
        DnsConfig = Dns(host),
        IpRouteConfig = Route(host),
        IpV6Enabled = false,
    };

    public static HostDnsConfig Dns(LabHost host)
    {
        var dot = host.Name.IndexOf('.', StringComparison.Ordinal);
        return new HostDnsConfig
        {
            Dhcp = false, HostName = dot < 0 ? host.Name : host.Name[..dot], DomainName = dot < 0 ? "" : host.Name[(dot + 1)..], Address = ["127.0.0.53"], SearchDomain = ["lab.example"],
        };
    }

    public static HostIpRouteConfig Route(LabHost host) => new() { DefaultGateway = $"127.{host.Address.GetAddressBytes()[1]}.{host.Address.GetAddressBytes()[2]}.254" };

    private static HostIpRouteTableInfo Routes(LabHost host) => new()
    {
        IpRoute =
        [
            new HostIpRouteEntry { Network = "0.0.0.0", PrefixLength = 0, Gateway = Route(host).DefaultGateway, DeviceName = "vmk0" },
            .. host.Vmks.Select(vmk => new HostIpRouteEntry { Network = Network(vmk), PrefixLength = 24, Gateway = "0.0.0.0", DeviceName = vmk.Device }),
        ],
    };

    private static string Network(LabVmk vmk)
    {
        var bytes = vmk.Address.GetAddressBytes();
        return $"{bytes[0]}.{bytes[1]}.{bytes[2]}.0";
    }

    private static HostNetStackInstance Stack(LabHost host, string key) => new()
    {
        Key = key, Name = key, DnsConfig = Dns(host), IpRouteConfig = Route(host), RequestedMaxNumberOfConnections = 11_000, CongestionControlAlgorithm = "newreno", IpV6Enabled = false,
    };

    public static HostNetCapabilities Capabilities() => new()
    {
        CanSetPhysicalNicLinkSpeed = true, SupportsNicTeaming = true, NicTeamingPolicy = ["loadbalance_ip", "loadbalance_srcmac", "loadbalance_srcid", "failover_explicit"], SupportsVlan = true,
        UsesServiceConsoleNic = false, SupportsNetworkHints = true, MaxPortGroupsPerVswitch = 512, VswitchConfigSupported = true, VnicConfigSupported = true, IpRouteConfigSupported = true,
        DnsConfigSupported = true, DhcpOnVnicSupported = true, IpV6Supported = true,
    };

    public static HostVirtualNic VirtualNic(LabVmk vmk) => new()
    {
        Device = vmk.Device,
        Key = $"key-vim.host.VirtualNic-{vmk.Device}",
        Portgroup = vmk.PortGroup,
        Spec = new HostVirtualNicSpec
        {
            Ip = new HostIpConfig { Dhcp = false, IpAddress = vmk.Address.ToString(), SubnetMask = "255.255.255.0" }, Mac = vmk.Mac, Portgroup = vmk.PortGroup, Mtu = 1500, TsoEnabled = true,
            NetStackInstanceKey = "defaultTcpipStack",
        },
        Port = $"key-vim.host.PortGroup.Port-{vmk.Device}",
    };

    public static DistributedVirtualSwitchHostMemberPnicBacking Backing(SwitchPlace place, LabVSwitch vswitch) => new()
    {
        PnicSpec = [.. vswitch.Active.Concat(vswitch.Standby).Select((device, index) => new DistributedVirtualSwitchHostMemberPnicSpec
        {
            PnicDevice = device, UplinkPortKey = $"{index + 1}", UplinkPortgroupKey = place.PortGroups.Find(group => group.Uplink)?.Id,
        })],
    };

    /// <summary>A FlexNIC that no Virtual Connect profile gives bandwidth has no link, and says so by having no speed.</summary>
    public static PhysicalNic PhysicalNic(LabHost host, LabPNic nic) => new()
    {
        Key = Key(nic.Device),
        Device = nic.Device,
        Pci = nic.Pci,
        Driver = nic.Driver,
        DriverVersion = HostSettings.Major(host) > 7 ? nic.DriverVersion : null,
        FirmwareVersion = HostSettings.Major(host) > 7 ? nic.Firmware : null,
        LinkSpeed = nic.LinkUp && nic.SpeedMb > 0 ? new PhysicalNicLinkInfo { SpeedMb = nic.SpeedMb, Duplex = true } : null,
        ValidLinkSpecification = [new PhysicalNicLinkInfo { SpeedMb = 10000, Duplex = true }],
        Spec = new PhysicalNicSpec { Ip = new HostIpConfig { Dhcp = false, IpAddress = "", SubnetMask = "" } },
        WakeOnLanSupported = nic.InterconnectBay > 0,
        Mac = nic.Mac,
        ResourcePoolSchedulerAllowed = true,
        VmDirectPathGen2Supported = false,
        AutoNegotiateSupported = true,
    };

    private static string Key(string device) => $"key-vim.host.PhysicalNic-{device}";

    private static HostVirtualSwitch Switch(LabVSwitch vswitch) => new()
    {
        Name = vswitch.Name,
        Key = $"key-vim.host.VirtualSwitch-{vswitch.Name}",
        NumPorts = StandardPorts,
        NumPortsAvailable = StandardPorts - 8,
        Mtu = vswitch.Mtu,
        Portgroup = [.. vswitch.PortGroups.Select(group => $"key-vim.host.PortGroup-{group.Name}")],
        Pnic = [.. vswitch.Active.Concat(vswitch.Standby).Select(Key)],
        Spec = new HostVirtualSwitchSpec
        {
            NumPorts = StandardPorts,
            Mtu = vswitch.Mtu,
            Policy = Policy(vswitch),
            Bridge = vswitch.Active.Count + vswitch.Standby.Count == 0 ? null : new HostVirtualSwitchBondBridge
            {
                NicDevice = [.. vswitch.Active, .. vswitch.Standby],
                Beacon = new HostVirtualSwitchBeaconConfig { Interval = vswitch.BeaconProbing ? 1 : 0 },
                LinkDiscoveryProtocolConfig = new LinkDiscoveryProtocolConfig { Protocol = "cdp", Operation = vswitch.CdpMode == "down" ? "none" : vswitch.CdpMode },
            },
        },
    };

    private static HostNetworkPolicy Policy(LabVSwitch vswitch) => new()
    {
        Security = new HostNetworkSecurityPolicy { AllowPromiscuous = false, MacChanges = true, ForgedTransmits = true },
        NicTeaming = new HostNicTeamingPolicy
        {
            Policy = vswitch.TeamingPolicy,
            ReversePolicy = true,
            NotifySwitches = true,
            RollingOrder = false,
            FailureCriteria = new HostNicFailureCriteria { CheckSpeed = "minimum", Speed = 10, CheckDuplex = false, FullDuplex = false, CheckErrorPercent = false, Percentage = 0, CheckBeacon = vswitch.BeaconProbing },
            NicOrder = new HostNicOrderPolicy { ActiveNic = [.. vswitch.Active], StandbyNic = [.. vswitch.Standby] },
        },
        OffloadPolicy = new HostNetOffloadCapabilities { CsumOffload = true, TcpSegmentation = true, ZeroCopyXmit = true },
        ShapingPolicy = new HostNetworkTrafficShapingPolicy { Enabled = false },
    };

    private static HostPortGroup PortGroup(LabVSwitch vswitch, LabPortGroup group) => new()
    {
        Key = $"key-vim.host.PortGroup-{group.Name}",
        Vswitch = $"key-vim.host.VirtualSwitch-{vswitch.Name}",
        ComputedPolicy = Policy(vswitch),
        Spec = new HostPortGroupSpec { Name = group.Name, VlanId = group.Vlan, VswitchName = vswitch.Name, Policy = new HostNetworkPolicy() },
    };

    private static HostProxySwitch ProxySwitch(LabVSwitch vswitch) => new()
    {
        DvsUuid = vswitch.DvsUuid,
        DvsName = vswitch.Name,
        Key = $"DvsPortset-{vswitch.Name}",
        NumPorts = 1536,
        ConfigNumPorts = 1536,
        NumPortsAvailable = 1500,
        UplinkPort = [.. vswitch.Active.Concat(vswitch.Standby).Select((_, index) => new KeyValue { Key = $"{index + 1}", Value = $"Uplink {index + 1}" })],
        Mtu = vswitch.Mtu,
        Pnic = [.. vswitch.Active.Concat(vswitch.Standby).Select(Key)],
        Spec = new HostProxySwitchSpec
        {
            Backing = new DistributedVirtualSwitchHostMemberPnicBacking
            {
                PnicSpec = [.. vswitch.Active.Concat(vswitch.Standby).Select((device, index) => new DistributedVirtualSwitchHostMemberPnicSpec { PnicDevice = device, UplinkPortKey = $"{index + 1}" })],
            },
        },
        NetworkReservationSupported = false,
    };
}
