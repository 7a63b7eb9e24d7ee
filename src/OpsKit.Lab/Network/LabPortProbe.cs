using System.Globalization;
using System.Net;
using OpsKit.Connections.Probes;
using OpsKit.Lab.Esxi;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Network;

/// <summary>Tries ports of the lab's hosts from within the process: open where something listens and the firewall lets it in, silent where that drops it.</summary>
internal sealed class LabPortProbe(LabEstate estate, LabNetwork network, string protocol) : IProbe
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(0.4);

    public static PortProbes Of(LabEstate estate, LabNetwork network) => new(new LabPortProbe(estate, network, "tcp"), new LabPortProbe(estate, network, "udp"));

    public Task<ProbeReply> SendAsync(ProbeTarget target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var loss = IPAddress.TryParse(target.Address, out var address) && network.IsReachable(address) ? Loss(address, target.Port) : "no answer";
        return Task.FromResult(new ProbeReply(loss is null, loss == "timed out" ? timeout : RoundTrip, loss));
    }

    private string? Loss(IPAddress address, int port)
    {
        lock (estate.Gate)
        {
            if (estate.Hosts.Find(host => host.Vmks.Exists(vmk => vmk.Address.Equals(address))) is not { } host)
                return "connection refused";
            if (!LetsIn(host, port))
                return "timed out";
            var listens = HostSockets.Of(host).Any(socket => socket.Protocol == protocol && (socket.State == "LISTEN" || (protocol == "udp" && socket.Foreign == "0.0.0.0:0"))
                && socket.Local.EndsWith($":{port.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal) && !socket.Local.StartsWith("127.0.0.1:", StringComparison.Ordinal));
            return protocol == "udp" ? listens ? UdpProbe.Silent : "port closed" : listens ? null : "connection refused";
        }
    }

    /// <summary>The jump host is none of the addresses a rule set is limited to.</summary>
    private bool LetsIn(LabHost host, int port) =>
        HostSettings.Major(host) < 5 || !host.FirewallEnabled || !host.FirewallDrops
        || HostFirewalls.Info(host).Ruleset.Any(ruleset => ruleset is { Enabled: true, AllowedHosts.AllIp: true }
            && ruleset.Rule.Any(rule => rule.Direction == HostFirewallRuleDirection.Inbound && rule.Protocol == protocol && port >= rule.Port && port <= (rule.EndPort ?? rule.Port)));
}
