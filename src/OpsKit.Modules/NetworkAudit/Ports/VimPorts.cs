using OpsKit.Vim25.Types;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>A host's firewall out of what vCenter says of it, for hosts whose shells are not in the inventory. Pure.</summary>
internal static class VimPorts
{
    /// <summary>The firewall; null where vCenter tells of none.</summary>
    public static HostFirewall? Firewall(HostFirewallInfo? info) => info is null ? null : new HostFirewall
    {
        Drops = info.DefaultPolicy?.IncomingBlocked != false,
        Openings = [.. info.Ruleset.Where(ruleset => ruleset.Enabled == true).SelectMany(Openings)],
    };

    private static IEnumerable<FirewallOpening> Openings(HostFirewallRuleset ruleset)
    {
        var all = ruleset.AllowedHosts?.AllIp != false;
        IReadOnlyList<string> addresses = all ? [] :
        [
            .. ruleset.AllowedHosts!.IpAddress,
            .. ruleset.AllowedHosts.IpNetwork.Select(network => $"{network.Network}/{network.PrefixLength?.ToString(System.Globalization.CultureInfo.InvariantCulture)}"),
        ];
        return ruleset.Rule.Where(rule => rule.Direction == HostFirewallRuleDirection.Inbound && rule.PortType != HostFirewallRulePortType.Src && rule.Port is not null)
            .Select(rule => new FirewallOpening(ruleset.Key ?? "", rule.Protocol?.ToLowerInvariant() ?? "", rule.Port!.Value, rule.EndPort ?? rule.Port.Value, all, addresses));
    }
}
