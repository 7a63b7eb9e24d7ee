namespace OpsKit.Modules.NetworkAudit;

/// <summary>Tells "no data" from "no neighbour": whether a NIC could have heard anything at all, and what would change that. Pure.</summary>
internal static class NeighborJudge
{
    /// <summary>Whether it makes sense to ask for a NIC's neighbour.</summary>
    public static bool CanHear(HostNetwork host, HostNic nic) => nic.LinkUp && host.SwitchOf(nic.Device) is { } one && Listens(one) != false;

    /// <summary>The answer for a NIC.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="nic">The NIC.</param>
    /// <param name="heard">Who was heard; null for nobody.</param>
    public static NeighborAnswer Of(HostNetwork host, HostNic nic, Neighbor? heard)
    {
        if (heard is not null)
            return new NeighborAnswer(NeighborOutcome.Heard, heard);
        if (!nic.LinkUp)
            return NoData("no link", "check the cable, the switch's port, or the server profile");
        if (host.SwitchOf(nic.Device) is not { } one)
            return NoData("the NIC is the uplink of no virtual switch, and only uplinks listen", null);
        var protocol = (one.Discovery ?? (one.Distributed ? "" : "cdp")).ToUpperInvariant();
        if (Listens(one) == false)
            return NoData($"{one.Name} does not listen ({(one.Distributed ? "discovery" : "CDP status")}: {Mode(one)})", one.Distributed ? SetDistributed(one, protocol) : SetStandard(one));
        return one.Distributed ? NobodyOnDistributed(one, protocol) : NobodyOnStandard(host, nic);
    }

    private static NeighborAnswer NoData(string reason, string? fix) => new(NeighborOutcome.NoData, Reason: reason, Fix: fix);

    private static NeighborAnswer NobodyOnDistributed(HostSwitch one, string protocol) => new(
        NeighborOutcome.NoNeighbor,
        Reason: protocol.Length == 0 ? "nobody was heard; which protocol the switch listens for is not said" : $"nobody was heard by {protocol}, the only protocol {one.Name} listens for",
        Fix: protocol.Length == 0 ? null : $"enable {protocol} on the physical switch, or: {SetDistributed(one, protocol == "CDP" ? "LLDP" : "CDP")}");

    /// <summary>pktcap-uw is there since 5.5.</summary>
    private static NeighborAnswer NobodyOnStandard(HostNetwork host, HostNic nic) => new(
        NeighborOutcome.NoNeighbor,
        Reason: "nobody was heard by CDP; a standard switch hears no LLDP",
        Fix: "enable CDP on the physical switch"
            + (Version.TryParse(host.Version, out var version) && version >= new Version(5, 5) ? $"; whether it speaks LLDP shows: pktcap-uw --uplink {ShellWord.Of(nic.Device)} --ethtype 0x88cc -c 1" : ""));

    private static bool? Listens(HostSwitch one) => one.DiscoveryMode switch
    {
        null => null,
        "listen" or "both" => true,
        _ => false,
    };

    private static string Mode(HostSwitch one) => one.DiscoveryMode == "none" ? "down" : one.DiscoveryMode ?? "";

    private static string SetStandard(HostSwitch one) =>
        $"esxcli network vswitch standard set -v {ShellWord.Of(one.Name)} -c {(one.DiscoveryMode == "advertise" ? "both" : "listen")}";

    private static string SetDistributed(HostSwitch one, string protocol) =>
        $"Get-VDSwitch {PowerShellWord.Of(one.Name)} | Set-VDSwitch -LinkDiscoveryProtocol {(protocol.Length == 0 ? "LLDP" : protocol)} -LinkDiscoveryProtocolOperation {(one.DiscoveryMode == "advertise" ? "Both" : "Listen")}";
}
