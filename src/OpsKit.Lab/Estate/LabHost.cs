using System.Net;

namespace OpsKit.Lab.Estate;

internal sealed class LabHost
{
    public required string Id { get; init; }            // host-21
    public required string Name { get; init; }          // esx01.lab.example
    public required LabVCenter VCenter { get; init; }
    public required LabCluster Cluster { get; init; }
    public required IPAddress Address { get; init; }    // management VMkernel address, 127.x.y.z
    public string Version { get; set; } = "8.0.2";      // 4.1.0, 5.0.0, 5.5.0, 6.7.0, 7.0.3, 8.0.2
    public string Build { get; set; } = "22380479";
    public string Vendor { get; set; } = "HP";
    public string Model { get; set; } = "ProLiant BL620c G7";
    public string Serial { get; set; } = "";
    public string Uuid { get; set; } = "";
    public int Sockets { get; set; } = 2;
    public int CoresPerSocket { get; set; } = 8;
    public long MemoryBytes { get; set; } = 256L << 30;
    public LabEnclosure? Enclosure { get; set; }
    public int Bay { get; set; }

    /// <summary>Told of neighbours only when one NIC is asked for: a question for all comes back empty, as from some 6.x and 7.x hosts.</summary>
    public bool HintsOneByOne { get; set; }

    /// <summary>Its iLO; null where it has none.</summary>
    public IPAddress? IloAddress { get; set; }
    public string? LicenseKey { get; set; }

    /// <summary>Whether its firmware checks signatures when it starts: since 6.5 it then takes no VIB without one.</summary>
    public bool SecureBoot { get; set; }

    /// <summary>Who may log in to its shell; root first.</summary>
    public List<LabAccount> Accounts { get; } = [];

    /// <summary><c>connected</c>, <c>disconnected</c> or <c>notResponding</c>.</summary>
    public string ConnectionState { get; set; } = "connected";
    public bool PoweredOn { get; set; } = true;
    public bool InMaintenanceMode { get; set; }

    /// <summary>On its way into maintenance mode: it takes no machines any more.</summary>
    public bool EnteringMaintenanceMode { get; set; }

    /// <summary>Between the beginning of a restart and its end.</summary>
    public bool Restarting { get; set; }
    public DateTimeOffset BootTime { get; set; }

    /// <summary>How long a reboot takes, in lab time.</summary>
    public TimeSpan RebootTime { get; set; } = TimeSpan.FromMinutes(6);
    public bool RebootRequired { get; set; }

    public List<LabPNic> PNics { get; } = [];

    /// <summary>Whether it came up without its Virtual Connect profile: its NICs then have their own addresses.</summary>
    public bool LacksProfile => PNics.Exists(nic => nic.ProfileMac.Length > 0 && nic.Mac != nic.ProfileMac);
    public List<LabVSwitch> VSwitches { get; } = [];
    public List<LabVmk> Vmks { get; } = [];
    public Dictionary<string, bool> Rulesets { get; } = new(StringComparer.Ordinal);

    /// <summary>Addresses and networks a rule set lets in, by its key; without an entry all.</summary>
    public Dictionary<string, IReadOnlyList<string>> AllowedHosts { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, bool> Services { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, object> Options { get; } = new(StringComparer.Ordinal);

    public bool FirewallEnabled { get; set; } = true;

    /// <summary>What no rule set speaks of is dropped.</summary>
    public bool FirewallDrops { get; set; } = true;

    /// <summary>Image profile, VIBs, acceptance level. ESXi 4.1 has packages of another kind and none of it.</summary>
    public LabSoftware Software { get; set; } = new() { Running = new LabImage("", "", default, default, "", []) };
}

internal sealed class LabPNic
{
    public required string Device { get; init; }        // vmnic0
    public required string Pci { get; init; }           // 0000:05:00.0
    /// <summary>The address it has now: the profile's or its own.</summary>
    public required string Mac { get; set; }
    public string FactoryMac { get; set; } = "";

    /// <summary>The address its Virtual Connect profile gives it; empty where it has none.</summary>
    public string ProfileMac { get; set; } = "";
    public string Driver { get; set; } = "be2net";
    public string DriverVersion { get; set; } = "";
    public string Firmware { get; set; } = "";
    public string Description { get; set; } = "";
    public int SpeedMb { get; set; } = 10000;

    /// <summary>Set by the network model: false while its module, cable or bay is down.</summary>
    public bool LinkUp { get; set; } = true;

    /// <summary>The interconnect bay it leads to; 0 for none (unconnected FlexNIC or rack host).</summary>
    public int InterconnectBay { get; set; }
    public string? SwitchName { get; set; }             // CDP device id upstream
    public string? SwitchPort { get; set; }
    public bool SpeaksCdp { get; set; }
    public bool SpeaksLldp { get; set; }
    public bool PassthroughCapable { get; set; } = true;
    public bool PassthroughEnabled { get; set; }
    public bool PassthroughActive { get; set; }
}

/// <summary>A standard vSwitch, or the host's side of a dvSwitch.</summary>
internal sealed class LabVSwitch
{
    public required string Name { get; init; }
    public bool Distributed { get; set; }
    public string? DvsUuid { get; set; }

    /// <summary>The port group of a distributed switch's uplinks, once its vCenter knows it.</summary>
    public string? UplinkGroupId { get; set; }
    public int Mtu { get; set; } = 1500;
    public string CdpMode { get; set; } = "listen";     // down, listen, advertise, both
    public string TeamingPolicy { get; set; } = "loadbalance_srcid";
    public bool BeaconProbing { get; set; }
    public List<string> Active { get; } = [];           // vmnic names
    public List<string> Standby { get; } = [];
    public List<LabPortGroup> PortGroups { get; } = [];
}

internal sealed class LabPortGroup
{
    public required string Id { get; init; }            // network-31 or dvportgroup-31
    public required string Name { get; init; }
    public int Vlan { get; set; }
}

internal sealed class LabVmk
{
    public required string Device { get; init; }        // vmk0
    public required IPAddress Address { get; init; }
    public string PortGroup { get; set; } = "Management Network";
    public string Mac { get; set; } = "";
    public bool Management { get; set; } = true;
    public bool VMotion { get; set; }
}
