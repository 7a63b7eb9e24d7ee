using System.Net;
using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>What hosts hear on their NICs where the vSwitch listens and the switch speaks: CDP, or LLDP on distributed switches of 5.0 and newer, which listen for one of the two.</summary>
internal static class HostNetworkHints
{
    public static PhysicalNicHintInfo Of(LabHost host, LabPNic nic)
    {
        var vswitch = host.VSwitches.Find(vswitch => vswitch.Active.Contains(nic.Device) || vswitch.Standby.Contains(nic.Device));
        var hears = nic is { LinkUp: true, SwitchName: not null } && vswitch is { CdpMode: "listen" or "both" };
        return new PhysicalNicHintInfo
        {
            Device = nic.Device,
            Subnet = nic.LinkUp && vswitch is not null ? [.. vswitch.PortGroups.Select(group => Subnet(host, group))] : [],
            ConnectedSwitchPort = hears && nic.SpeaksCdp && !ListensForLldp(host, vswitch!) ? Cdp(nic) : null,
            LldpInfo = hears && nic.SpeaksLldp && ListensForLldp(host, vswitch!) ? Lldp(nic) : null,
        };
    }

    private static bool ListensForLldp(LabHost host, LabVSwitch vswitch) => vswitch.Distributed && HostSettings.Major(host) > 4;

    private static PhysicalNicIpHint Subnet(LabHost host, LabPortGroup group)
    {
        var bytes = (host.Vmks.Find(vmk => vmk.PortGroup == group.Name)?.Address ?? new IPAddress([127, 20, (byte)(group.Vlan % 250), 0])).GetAddressBytes();
        return new PhysicalNicIpHint { IpSubnet = $"{bytes[0]}.{bytes[1]}.{bytes[2]}.1-{bytes[0]}.{bytes[1]}.{bytes[2]}.254", VlanId = group.Vlan == 0 ? null : group.Vlan };
    }

    private static PhysicalNicCdpInfo Cdp(LabPNic nic) => new()
    {
        CdpVersion = 1,
        Timeout = 60,
        Ttl = 133,
        Samples = 28340,
        DevId = nic.SwitchName,
        Address = "127.30.0.1",
        PortId = nic.SwitchPort,
        DeviceCapability = new PhysicalNicCdpDeviceCapability { Router = true, TransparentBridge = false, SourceRouteBridge = false, NetworkSwitch = true, Host = false, IgmpEnabled = true, Repeater = false },
        SoftwareVersion = "Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(2)E7, RELEASE SOFTWARE (fc3)",
        HardwarePlatform = "cisco WS-C2960X-48TD-L",
        IpPrefix = "0.0.0.0",
        IpPrefixLen = 0,
        Vlan = 1,
        FullDuplex = true,
        Mtu = 1500,
        SystemName = "",
        SystemOID = "",
        MgmtAddr = "127.30.0.1",
        Location = "",
    };

    private static LinkLayerDiscoveryProtocolInfo Lldp(LabPNic nic) => new()
    {
        ChassisId = Chassis(nic.SwitchName!),
        PortId = nic.SwitchPort,
        TimeToLive = 107,
        Parameter =
        [
            new KeyAnyValue { Key = "Aggregated Port ID", Value = "0" },
            new KeyAnyValue { Key = "Aggregation Status", Value = "0" },
            new KeyAnyValue { Key = "MTU", Value = "1500" },
            new KeyAnyValue { Key = "Port Description", Value = nic.SwitchPort },
            new KeyAnyValue { Key = "Samples", Value = 512 },
            new KeyAnyValue { Key = "System Description", Value = nic.InterconnectBay > 0 ? "HP VC FlexFabric 10Gb/24-Port Module" : "Cisco IOS Software, C2960X Software" },
            new KeyAnyValue { Key = "System Name", Value = nic.SwitchName },
            new KeyAnyValue { Key = "TimeOut", Value = 60 },
            new KeyAnyValue { Key = "Vlan ID", Value = "0" },
        ],
    };

    /// <summary>A chassis id in the form of a MAC address, always the same for the same switch.</summary>
    private static string Chassis(string name)
    {
        var sum = name.Aggregate(17u, (seed, letter) => unchecked((seed * 31) + letter));
        return $"00:17:a4:{(sum >> 16) & 0xff:x2}:{(sum >> 8) & 0xff:x2}:{sum & 0xff:x2}";
    }
}
