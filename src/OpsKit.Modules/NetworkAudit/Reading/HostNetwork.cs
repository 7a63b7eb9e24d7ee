namespace OpsKit.Modules.NetworkAudit;

/// <summary>The network of an ESXi host as it was read: its NICs, and the switches whose uplinks they are.</summary>
public sealed record HostNetwork
{
    /// <summary>The host's name.</summary>
    public required string Host { get; init; }

    /// <summary>The vCenter it is in; null where it was read through its shell.</summary>
    public string? VCenter { get; init; }

    /// <summary>The cluster it is in; null for none.</summary>
    public string? Cluster { get; init; }

    /// <summary>The enclosure it is a blade of; null for none.</summary>
    public string? Enclosure { get; init; }

    /// <summary>Its version, such as <c>5.0.0</c>; null where it is not said.</summary>
    public string? Version { get; init; }

    /// <summary>Its NICs, in the order of their numbers.</summary>
    public IReadOnlyList<HostNic> Nics { get; init; } = [];

    /// <summary>Its virtual switches: standard ones, and its side of distributed ones.</summary>
    public IReadOnlyList<HostSwitch> Switches { get; init; } = [];

    /// <summary>The switch of a name, be it vCenter's or the host's own; null for none.</summary>
    /// <param name="name">Such as <c>vSwitch0</c> or <c>DvsPortset-0</c>.</param>
    public HostSwitch? SwitchNamed(string name) => Switches.FirstOrDefault(one => one.Name == name) ?? Switches.FirstOrDefault(one => one.PortSet == name);

    /// <summary>The switch whose uplink a NIC is; null for none.</summary>
    /// <param name="device">The NIC, such as <c>vmnic0</c>.</param>
    public HostSwitch? SwitchOf(string device) => Switches.FirstOrDefault(one => one.Uplinks.Contains(device, StringComparer.Ordinal));
}

/// <summary>A physical NIC.</summary>
public sealed record HostNic
{
    /// <summary>Its name, such as <c>vmnic0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Its PCI address, such as <c>0000:04:00.0</c>.</summary>
    public string? Pci { get; init; }

    /// <summary>Its driver, such as <c>be2net</c>.</summary>
    public string? Driver { get; init; }

    /// <summary>The driver's version; vCenter tells it of hosts of 8.0.0.1 and newer, a shell of all since 5.0. Null where it is not said.</summary>
    public string? DriverVersion { get; init; }

    /// <summary>The firmware's version; as <see cref="DriverVersion"/>.</summary>
    public string? FirmwareVersion { get; init; }

    /// <summary>Its MAC address.</summary>
    public string? Mac { get; init; }

    /// <summary>Its speed in Mbit/s; null where the link is down.</summary>
    public long? SpeedMb { get; init; }

    /// <summary>Whether it sends and receives at the same time; null where the link is down.</summary>
    public bool? FullDuplex { get; init; }

    /// <summary>The speed set for it in Mbit/s; null for automatic.</summary>
    public long? ConfiguredSpeedMb { get; init; }

    /// <summary>The duplex set for it; null for automatic.</summary>
    public bool? ConfiguredFullDuplex { get; init; }

    /// <summary>What it is, in the vendor's words; null where it is not said.</summary>
    public string? Description { get; init; }

    /// <summary>The port of the blade it is, as the enclosure names it, such as <c>LOM1:2-a</c>; null where no enclosure tells.</summary>
    public string? BladePort { get; init; }

    /// <summary>The interconnect bay it leads to; null where neither the enclosure nor the neighbour tells.</summary>
    public int? InterconnectBay { get; init; }

    /// <summary>Whether it has a link.</summary>
    public bool LinkUp => SpeedMb > 0;
}

/// <summary>A virtual switch of a host.</summary>
public sealed record HostSwitch
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What the host's own tools call it, such as <c>DvsPortset-0</c> for a distributed one; null for its name.</summary>
    public string? PortSet { get; init; }

    /// <summary>Whether it is a distributed one.</summary>
    public bool Distributed { get; init; }

    /// <summary>Its largest frame in bytes; null where it is not said.</summary>
    public long? Mtu { get; init; }

    /// <summary>How it spreads load, such as <c>loadbalance_srcid</c>; null where it is not said.</summary>
    public string? Teaming { get; init; }

    /// <summary>Whether it probes its uplinks with beacons.</summary>
    public bool BeaconProbing { get; init; }

    /// <summary>NICs in use; all of a distributed switch, whose port groups decide.</summary>
    public IReadOnlyList<string> Active { get; init; } = [];

    /// <summary>NICs that stand by.</summary>
    public IReadOnlyList<string> Standby { get; init; } = [];

    /// <summary>NICs that are linked to it and that its teaming leaves out.</summary>
    public IReadOnlyList<string> Unused { get; init; } = [];

    /// <summary>By which protocol it asks for neighbours: <c>cdp</c> or <c>lldp</c>; null where it is not said.</summary>
    public string? Discovery { get; init; }

    /// <summary>What it does with it: <c>none</c> (or <c>down</c>), <c>listen</c>, <c>advertise</c>, <c>both</c>; null where it is not said.</summary>
    public string? DiscoveryMode { get; init; }

    /// <summary>All its NICs.</summary>
    public IEnumerable<string> Uplinks => Active.Concat(Standby).Concat(Unused);

    /// <summary>What a NIC is to it: <c>active</c>, <c>standby</c>, <c>unused</c>, or <c>uplink</c> of a distributed switch.</summary>
    /// <param name="device">The NIC.</param>
    public string RoleOf(string device) =>
        Distributed ? "uplink"
        : Active.Contains(device, StringComparer.Ordinal) ? "active"
        : Standby.Contains(device, StringComparer.Ordinal) ? "standby" : "unused";
}
