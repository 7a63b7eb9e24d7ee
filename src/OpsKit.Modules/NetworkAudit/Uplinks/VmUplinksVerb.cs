using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Modules.NetworkAudit;

/// <summary><c>audit.vm-uplinks</c>.</summary>
internal sealed class VmUplinksVerb : ReadingVerb
{
    private static readonly OptionSpec Nic = new("nic", OptionKind.Text, "Only what this NIC's failure would touch, such as vmnic0", "none") { Placeholder = "NIC" };

    private static readonly OptionSpec Bay = new("bay", OptionKind.Integer, "Only what the failure of the module in this interconnect bay would touch, 1 to 8", "none") { Placeholder = "BAY" };

    public override string Name => "audit.vm-uplinks";

    public override string Summary => "Reports which NIC each running VM uses, and whom a NIC or bay would touch";

    public override IReadOnlyList<OptionSpec> Options { get; } = [Nic, Bay, Out];

    public override IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new BoundUplinks(Name, with.Text(Out.Name), new UplinkImpact(with.Text(Nic.Name), (int?)with.Integer(Bay.Name, 1, 8)));
    }

    private sealed class BoundUplinks(string name, string? file, UplinkImpact impact) : Bound(name, file)
    {
        protected override async Task<IReadOnlyList<TargetPlan>> TogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
        {
            var portGroups = await PortGroupsAsync(doors, targets, cancellationToken).ConfigureAwait(false);
            var networks = await new NetworkReader(doors, NetworkParts.Bays).ReadAsync(targets, cancellationToken).ConfigureAwait(false);
            var byTarget = networks.ToDictionary(one => one.Target);
            var read = await Observing.EachAsync(targets, (target, token) => OneAsync(doors, byTarget[target], token), cancellationToken).ConfigureAwait(false);
            return Plans(read, (_, host) => [UplinkReport.Of(host.Network, host.Uplinks, impact, portGroups)], UplinkReport.Missing);
        }

        private static async Task<HostUplinks> OneAsync(IPlanningDoors doors, Observed<HostNetworkView> network, CancellationToken cancellationToken)
        {
            var target = network.Target;
            if (network.State?.Network is not { } host)
                throw new OpsKitException(FailureKind.Failed, network.Failure ?? "not read", target.Name);
            if (HostShells.Of(doors.Estate, target) is not { } endpoint)
                throw new OpsKitException(FailureKind.Usage, HostShells.Missing, target.Name);
            if (!Version.TryParse(host.Version, out var version))
                throw new OpsKitException(FailureKind.Failed, "its version is not known", target.Name);
            var shell = await doors.ShellAsync(endpoint.Name, cancellationToken).ConfigureAwait(false);
            return new HostUplinks(host, await UplinkReader.ReadAsync(shell, version, cancellationToken).ConfigureAwait(false));
        }

        private static async Task<Dictionary<string, string>> PortGroupsAsync(IPlanningDoors doors, IEnumerable<Target> targets, CancellationToken cancellationToken)
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var vCenter in targets.Select(target => target.VCenter).OfType<string>().Distinct(StringComparer.Ordinal))
            {
                var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
                var query = PropertyCollectorQuery.All("DistributedVirtualPortgroup", DistributedVirtualPortgroupProperties.Key, DistributedVirtualPortgroupProperties.Name);
                await foreach (var group in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
                {
                    if (group.Get(DistributedVirtualPortgroupProperties.Key) is { } key && Connections.VSphere.EntityName.Plain(group.Get(DistributedVirtualPortgroupProperties.Name)) is { } name)
                        names[key] = name;
                }
            }

            return names;
        }
    }

    private sealed record HostUplinks(HostNetwork Network, IReadOnlyList<MachineUplink> Uplinks);
}
