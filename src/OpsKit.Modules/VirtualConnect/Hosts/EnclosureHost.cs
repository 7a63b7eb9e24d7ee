using OpsKit.Vim25;

namespace OpsKit.Modules.VirtualConnect.Hosts;

/// <summary>The hosts of an enclosure, as their vCenters see them.</summary>
public sealed record EnclosureHosts
{
    /// <summary>The hosts, by blade bay and name.</summary>
    public required IReadOnlyList<EnclosureHost> Hosts { get; init; }

    /// <summary>vCenters and hosts that could not be read, with the reason: hosts of the enclosure may be missing.</summary>
    public IReadOnlyList<(string Name, string Reason)> NotAssessed { get; init; } = [];
}

/// <summary>A host that is a blade of an enclosure.</summary>
public sealed record EnclosureHost
{
    /// <summary>Its name in its vCenter.</summary>
    public required string Name { get; init; }

    /// <summary>Its vCenter, by its name in the inventory.</summary>
    public required string VCenter { get; init; }

    /// <summary>The managed object.</summary>
    public required ManagedObjectReference Reference { get; init; }

    /// <summary>The blade it is; null where only the inventory says that it belongs here.</summary>
    public int? Blade { get; init; }

    /// <summary>What says that it is a blade of this enclosure.</summary>
    public required HostEvidence Evidence { get; init; }

    /// <summary><c>connected</c>, <c>disconnected</c> or <c>notResponding</c>.</summary>
    public required string ConnectionState { get; init; }

    /// <summary>Whether it is in maintenance mode.</summary>
    public bool InMaintenanceMode { get; init; }

    /// <summary>Whether the Onboard Administrator says that its blade is off: it then has nothing to lose.</summary>
    public bool IsPoweredOff { get; init; }

    /// <summary>Its physical NICs, by device.</summary>
    public IReadOnlyList<HostNic> Nics { get; init; } = [];

    /// <summary>Addresses of its VMkernel adapters, the management one first.</summary>
    public IReadOnlyList<VMkernelAddress> Addresses { get; init; } = [];

    /// <summary>The port groups that carry traffic of VMkernel adapters or running machines, and the uplinks they use.</summary>
    public IReadOnlyList<TrafficPath> Paths { get; init; } = [];

    /// <summary>Running machines with devices that bypass the hypervisor's switches.</summary>
    public IReadOnlyList<string> PassthroughMachines { get; init; } = [];

    /// <summary>The NIC of a device name; null for none.</summary>
    public HostNic? Nic(string device) => Nics.FirstOrDefault(nic => nic.Device == device);
}

/// <summary>What says that a host is a blade of an enclosure, the surest first.</summary>
public enum HostEvidence
{
    /// <summary>A MAC address of it stands in the enclosure's port map or among the blade's ports.</summary>
    MacAddress,

    /// <summary>Its system UUID is a blade's.</summary>
    Uuid,

    /// <summary>Its serial number is a blade's.</summary>
    Serial,

    /// <summary>The inventory says so; which blade it is, is not known.</summary>
    Inventory,
}

/// <summary>A physical NIC of a host.</summary>
/// <param name="Device">Such as <c>vmnic0</c>.</param>
/// <param name="Mac">MAC address, in lower case with colons.</param>
/// <param name="SpeedMb">Speed of its link in Mb/s; null where it has no link.</param>
/// <param name="Module">The interconnect bay it leads to; null where nothing tells.</param>
/// <param name="Neighbour">What CDP or LLDP hears: switch and port; null for nothing.</param>
public sealed record HostNic(string Device, string Mac, int? SpeedMb, int? Module, string? Neighbour)
{
    /// <summary>Whether its link is up.</summary>
    public bool IsUp => SpeedMb is > 0;
}

/// <summary>An address of a host's VMkernel.</summary>
/// <param name="Device">Such as <c>vmk0</c>.</param>
/// <param name="Address">IP address.</param>
/// <param name="IsManagement">Whether it carries management traffic.</param>
public sealed record VMkernelAddress(string Device, string Address, bool IsManagement);

/// <summary>A port group that carries traffic, with the uplinks its policy names.</summary>
public sealed record TrafficPath
{
    /// <summary>The switch.</summary>
    public required string Switch { get; init; }

    /// <summary>The port group.</summary>
    public required string PortGroup { get; init; }

    /// <summary>What it carries: VMkernel devices, and how many running machines.</summary>
    public required string Carries { get; init; }

    /// <summary>How uplinks are chosen, such as <c>loadbalance_srcid</c>; null where the server does not say.</summary>
    public string? Policy { get; init; }

    /// <summary>Uplinks in use, by device.</summary>
    public IReadOnlyList<string> Active { get; init; } = [];

    /// <summary>Uplinks that take over, by device.</summary>
    public IReadOnlyList<string> Standby { get; init; } = [];

    /// <summary>Uplinks of the switch that this port group never uses, by device.</summary>
    public IReadOnlyList<string> Unused { get; init; } = [];

    /// <summary>Whether upstream switches are told when traffic moves to another uplink; null where the server does not say.</summary>
    public bool? NotifiesSwitches { get; init; }

    /// <summary>Whether beacons are used besides links to find dead uplinks; null where the server does not say.</summary>
    public bool? ProbesBeacons { get; init; }
}
