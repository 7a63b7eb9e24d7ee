using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Firewalls of hosts: rule sets with the ports they open.</summary>
internal static class HostFirewalls
{
    private static readonly Dictionary<string, (string Label, string? Service, HostFirewallRule[] Rules)> Known = new(StringComparer.Ordinal)
    {
        ["sshServer"] = ("SSH Server", "TSM-SSH", [In("tcp", 22)]),
        ["sshClient"] = ("SSH Client", null, [Out("tcp", 22)]),
        ["nfsClient"] = ("NFS Client", null, [Out("tcp", 0, 65535)]),
        ["dhcp"] = ("DHCP Client", null, [In("udp", 68), Out("udp", 68)]),
        ["dns"] = ("DNS Client", null, [In("udp", 53), Out("udp", 53)]),
        ["snmp"] = ("SNMP Server", "snmpd", [In("udp", 161)]),
        ["ntpClient"] = ("NTP Client", "ntpd", [Out("udp", 123)]),
        ["CIMHttpServer"] = ("CIM Server", "sfcbd-watchdog", [In("tcp", 5988)]),
        ["CIMHttpsServer"] = ("CIM Secure Server", "sfcbd-watchdog", [In("tcp", 5989)]),
        ["CIMSLP"] = ("CIM SLP", null, [In("udp", 427), Out("udp", 427), In("tcp", 427), Out("tcp", 427)]),
        ["iSCSI"] = ("Software iSCSI Client", null, [Out("tcp", 3260)]),
        ["vpxHeartbeats"] = ("VMware vCenter Agent", "vpxa", [Out("udp", 902)]),
        ["updateManager"] = ("vCenter Update Manager", null, [Out("tcp", 80), Out("tcp", 9000, 9100)]),
        ["faultTolerance"] = ("Fault Tolerance", null, [In("tcp", 8100), Out("tcp", 8100), In("udp", 8200), Out("udp", 8200)]),
        ["webAccess"] = ("vSphere Web Access", null, [In("tcp", 80)]),
        ["vMotion"] = ("vMotion", null, [In("tcp", 8000), Out("tcp", 8000)]),
        ["vSphereClient"] = ("vSphere Web Client", null, [In("tcp", 902), In("tcp", 443)]),
        ["activeDirectoryAll"] = ("Active Directory All", null, [Out("udp", 88), Out("tcp", 88), Out("tcp", 389)]),
        ["NFC"] = ("NFC", null, [In("tcp", 902), Out("tcp", 902)]),
        ["HBR"] = ("HBR", null, [Out("tcp", 31031), Out("tcp", 44046)]),
        ["ftpClient"] = ("FTP Client", null, [Out("tcp", 21), In("tcp", 20)]),
        ["httpClient"] = ("httpClient", null, [Out("tcp", 80), Out("tcp", 443)]),
        ["gdbserver"] = ("gdbserver", null, [In("tcp", 1000, 9999), In("tcp", 50000, 50999)]),
        ["DVFilter"] = ("DVFilter", null, [In("tcp", 2222)]),
        ["DHCPv6"] = ("DHCPv6", null, [Out("tcp", 547), In("tcp", 546), Out("udp", 547), In("udp", 546)]),
        ["DVSSync"] = ("DVSSync", null, [Out("udp", 8301, 8302), In("udp", 8301, 8302)]),
        ["syslog"] = ("syslog", null, [Out("udp", 514), Out("tcp", 514), Out("tcp", 1514)]),
        ["IKED"] = ("IKED", null, [In("udp", 500), Out("udp", 500)]),
        ["WOL"] = ("WOL", null, [Out("udp", 9)]),
        ["vSPC"] = ("VM serial port connected to vSPC", null, [Out("tcp", 0, 65535)]),
        ["remoteSerialPort"] = ("VM serial port connected over network", null, [In("tcp", 23), In("tcp", 1024, 65535), Out("tcp", 0, 65535)]),
        ["vprobeServer"] = ("vprobeServer", null, [In("tcp", 57007)]),
    };

    public static HostFirewallInfo Info(LabHost host) => new()
    {
        DefaultPolicy = new HostFirewallDefaultPolicy { IncomingBlocked = host.FirewallDrops, OutgoingBlocked = host.FirewallDrops },
        Ruleset = [.. host.Rulesets.OrderBy(ruleset => ruleset.Key, StringComparer.Ordinal).Select(ruleset => Ruleset(host, ruleset.Key, ruleset.Value))],
    };

    private static HostFirewallRuleset Ruleset(LabHost host, string key, bool enabled)
    {
        var (label, service, rules) = Known.GetValueOrDefault(key, (key, null, []));
        var restricted = host.AllowedHosts.TryGetValue(key, out var allowed);
        allowed ??= [];
        return new HostFirewallRuleset
        {
            Key = key,
            Label = label,
            Required = key is "vpxHeartbeats" or "vSphereClient",
            Rule = rules,
            Service = service,
            Enabled = enabled,
            AllowedHosts = new HostFirewallRulesetIpList
            {
                AllIp = !restricted,
                IpAddress = [.. allowed.Where(address => !address.Contains('/'))],
                IpNetwork = [.. allowed.Where(address => address.Contains('/')).Select(Network)],
            },
        };
    }

    private static HostFirewallRulesetIpNetwork Network(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return new HostFirewallRulesetIpNetwork { Network = text[..slash], PrefixLength = int.Parse(text.AsSpan(slash + 1), System.Globalization.CultureInfo.InvariantCulture) };
    }

    private static HostFirewallRule In(string protocol, int port, int? end = null) => Rule(HostFirewallRuleDirection.Inbound, protocol, port, end);

    private static HostFirewallRule Out(string protocol, int port, int? end = null) => Rule(HostFirewallRuleDirection.Outbound, protocol, port, end);

    private static HostFirewallRule Rule(HostFirewallRuleDirection direction, string protocol, int port, int? end) =>
        new() { Port = port, EndPort = end, Direction = direction, PortType = HostFirewallRulePortType.Dst, Protocol = protocol };
}
