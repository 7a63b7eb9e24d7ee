using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Properties of networks and of distributed port groups.</summary>
internal static class NetworkView
{
    public static object? Property(LabInventory inventory, NetworkPlace network, string name) => name switch
    {
        "name" => Refs.Escaped(network.Name),
        "parent" => inventory.Places.NetworkFolder.Reference,
        "summary" => Summary(network),
        "host" => network.Hosts.Select(host => host.Reference()).List(),
        "vm" => inventory.Whereabouts.On(network).Select(machine => machine.Reference()).List(),
        "key" => network.Id,
        "config" when network.Switch is not null => Configuration(network, network.Switch),
        "portKeys" => inventory.Whereabouts.On(network).Select(machine => Refs.Number(machine.Id)).List("String"),
        _ => inventory.Entity(network.Reference, name),
    };

    public static NetworkSummary Summary(NetworkPlace network) => new() { Network = network.Reference, Name = network.Name, Accessible = true, IpPoolName = "" };

    private static DVPortgroupConfigInfo Configuration(NetworkPlace network, SwitchPlace place) => new()
    {
        Key = network.Id,
        Name = network.Name,
        NumPorts = network.Uplink ? network.Hosts.Count * 4 : 128,
        DistributedVirtualSwitch = place.Reference,
        DefaultPortConfig = SwitchView.Ports(place, network.Vlan),
        Type = "earlyBinding",
        BackingType = "standard",
        Policy = new VMwareDVSPortgroupPolicy
        {
            BlockOverrideAllowed = true, ShapingOverrideAllowed = false, VendorConfigOverrideAllowed = false, LivePortMovingAllowed = false, PortConfigResetAtDisconnect = true,
            VlanOverrideAllowed = false, UplinkTeamingOverrideAllowed = false, SecurityPolicyOverrideAllowed = false,
        },
        ConfigVersion = "1",
        AutoExpand = true,
        Uplink = network.Uplink,
    };
}

/// <summary>Properties of distributed switches.</summary>
internal static class SwitchView
{
    public static object? Property(LabInventory inventory, SwitchPlace place, string name) => name switch
    {
        "name" => Refs.Escaped(place.Name),
        "parent" => inventory.Places.NetworkFolder.Reference,
        "uuid" => place.Uuid,
        "portgroup" => place.PortGroups.Select(group => group.Reference).List(),
        "summary" => Summary(place),
        "config" => Configuration(place),
        "capability" => new DVSCapability { DvsOperationSupported = true, DvPortGroupOperationSupported = true, DvPortOperationSupported = true },
        _ => inventory.Entity(place.Reference, name),
    };

    /// <summary>How ports use uplinks is what the first host's side says: a distributed switch is the same everywhere.</summary>
    public static VMwareDVSPortSetting Ports(SwitchPlace place, int vlan)
    {
        var side = place.Hosts.SelectMany(host => host.VSwitches).FirstOrDefault(vswitch => vswitch.DvsUuid == place.Uuid) ?? new LabVSwitch { Name = place.Name };
        var uplinks = side.Active.Concat(side.Standby).Select((_, index) => $"Uplink {index + 1}").ToList();
        return Ports(side, [.. uplinks.Take(side.Active.Count)], [.. uplinks.Skip(side.Active.Count)], vlan);
    }

    private static VMwareDVSPortSetting Ports(LabVSwitch side, IReadOnlyList<string> active, IReadOnlyList<string> standby, int vlan) => new()
    {
        Blocked = new BoolPolicy { Inherited = false, Value = false },
        Vlan = new VmwareDistributedVirtualSwitchVlanIdSpec { Inherited = false, VlanId = vlan },
        UplinkTeamingPolicy = new VmwareUplinkPortTeamingPolicy
        {
            Inherited = false,
            Policy = new StringPolicy { Inherited = false, Value = side.TeamingPolicy },
            ReversePolicy = new BoolPolicy { Inherited = false, Value = true },
            NotifySwitches = new BoolPolicy { Inherited = false, Value = true },
            RollingOrder = new BoolPolicy { Inherited = false, Value = false },
            FailureCriteria = new DVSFailureCriteria { Inherited = false, CheckBeacon = new BoolPolicy { Inherited = false, Value = side.BeaconProbing } },
            UplinkPortOrder = new VMwareUplinkPortOrderPolicy { Inherited = false, ActiveUplinkPort = active, StandbyUplinkPort = standby },
        },
    };

    private static DVSSummary Summary(SwitchPlace place) => new()
    {
        Name = place.Name,
        Uuid = place.Uuid,
        NumPorts = place.Hosts.Count * 4 + 128 * (place.PortGroups.Count - 1),
        ProductInfo = Product(),
        HostMember = [.. place.Hosts.Select(host => host.Reference())],
        PortgroupName = [.. place.PortGroups.Select(group => group.Name)],
        NumHosts = place.Hosts.Count,
    };

    private static VMwareDVSConfigInfo Configuration(SwitchPlace place) => new()
    {
        Uuid = place.Uuid,
        Name = place.Name,
        NumStandalonePorts = 0,
        NumPorts = place.Hosts.Count * 4 + 128 * (place.PortGroups.Count - 1),
        MaxPorts = 60000,
        UplinkPortPolicy = new DVSNameArrayUplinkPortPolicy { UplinkPortName = ["Uplink 1", "Uplink 2"] },
        UplinkPortgroup = [.. place.PortGroups.Where(group => group.Uplink).Select(group => group.Reference)],
        DefaultPortConfig = Ports(place, 0),
        Host = [.. place.Hosts.Select(host => Member(place, host))],
        ProductInfo = Product(),
        ConfigVersion = "7",
        Contact = new DVSContactInfo(),
        CreateTime = new DateTimeOffset(2011, 9, 1, 8, 0, 0, TimeSpan.Zero),
        NetworkResourceManagementEnabled = true,
        MaxMtu = place.Mtu,
        LinkDiscoveryProtocolConfig = new LinkDiscoveryProtocolConfig { Protocol = "lldp", Operation = "listen" },
    };

    private static DistributedVirtualSwitchHostMember Member(SwitchPlace place, LabHost host) => new()
    {
        Config = new DistributedVirtualSwitchHostMemberConfigInfo
        {
            Host = host.Reference(), MaxProxySwitchPorts = 1536, Backing = HostNetworks.Backing(place, host.VSwitches.First(vswitch => vswitch.DvsUuid == place.Uuid)),
        },
        ProductInfo = Product(),
        Status = host.ConnectionState == "connected" ? "up" : "down",
    };

    private static DistributedVirtualSwitchProductSpec Product() => new() { Name = "DVS", Vendor = "VMware, Inc.", Version = "5.0.0", ForwardingClass = "etherswitch" };
}
