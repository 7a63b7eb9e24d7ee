using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Esxcli;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>
/// Reads the networks of hosts: one query a vCenter for all of its hosts, then what only each of them can tell, many at a time. Hosts without a vCenter are
/// read through their shells.
/// </summary>
internal sealed class NetworkReader(IPlanningDoors doors, NetworkParts parts)
{
    /// <summary>One view a target, in their order.</summary>
    public async Task<IReadOnlyList<Observed<HostNetworkView>>> ReadAsync(IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var vCenters = await VCentersAsync(targets, cancellationToken).ConfigureAwait(false);
        var bays = parts.HasFlag(NetworkParts.Bays) ? await BladePortReader.ReadAsync(doors, targets, cancellationToken).ConfigureAwait(false) : new Dictionary<string, BladePorts>();
        return await Observing.EachAsync(targets, (target, token) => OneAsync(target, vCenters, bays, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<HostNetworkView> OneAsync(
        Target target, IReadOnlyDictionary<string, Task<VCenterNetworks>> vCenters, Dictionary<string, BladePorts> bays, CancellationToken cancellationToken)
    {
        var gaps = new List<NotAssessed>();
        var view = target.VCenter is { } vCenter
            ? await ThroughVCenterAsync(target, await vCenters[vCenter].ConfigureAwait(false), gaps, cancellationToken).ConfigureAwait(false)
            : await ThroughShellAsync(target, cancellationToken).ConfigureAwait(false);
        return view with { Network = target.Enclosure is { } enclosure && bays.TryGetValue(enclosure, out var ports) ? ports.AddTo(view.Network) : view.Network, Gaps = gaps };
    }

    private async Task<HostNetworkView> ThroughVCenterAsync(Target target, VCenterNetworks vCenter, List<NotAssessed> gaps, CancellationToken cancellationToken)
    {
        var found = VimHosts.Of(target, vCenter.Hosts, HostSystemProperties.ConfigNetworkPnic);
        var network = VimHostNetwork.Of(target, found, vCenter.Distributed);
        if (parts.HasFlag(NetworkParts.Versions) && network.Nics.Any(nic => nic.DriverVersion is null))
            network = await WithVersionsAsync(target, network, gaps, cancellationToken).ConfigureAwait(false);
        var neighbors = parts.HasFlag(NetworkParts.Neighbors)
            ? await VimNeighbors.ReadAsync(vCenter.Queries.Queries, found.Get(HostSystemProperties.ConfigManagerNetworkSystem), network, cancellationToken).ConfigureAwait(false)
            : new Dictionary<string, NeighborAnswer>();
        return new HostNetworkView(network, neighbors, []);
    }

    private async Task<HostNetworkView> ThroughShellAsync(Target target, CancellationToken cancellationToken)
    {
        var shell = await ShellAsync(target, cancellationToken).ConfigureAwait(false);
        var product = await ShellReading.ProductAsync(shell, cancellationToken).ConfigureAwait(false);
        var network = await ShellHostNetwork.ReadAsync(shell, product, target, cancellationToken).ConfigureAwait(false);
        var neighbors = parts.HasFlag(NetworkParts.Neighbors)
            ? await ShellNeighbors.ReadAsync(shell, network, cancellationToken).ConfigureAwait(false)
            : new Dictionary<string, NeighborAnswer>();
        return new HostNetworkView(network, neighbors, []);
    }

    /// <summary>vCenter before 8.0.0.1 does not tell versions; a shell does, where there is one.</summary>
    private async Task<HostNetwork> WithVersionsAsync(Target target, HostNetwork network, List<NotAssessed> gaps, CancellationToken cancellationToken)
    {
        if (HostShells.Of(doors.Estate, target) is null || !Version.TryParse(network.Version, out var version) || version.Major < 5)
            return network;
        var read = await Observing.OneAsync(
            target,
            async (one, token) => await ShellHostNetwork.VersionsAsync(await ShellAsync(one, token).ConfigureAwait(false), version, network, token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        if (read.Failure is { } reason)
            gaps.Add(new NotAssessed($"{target.Name} (driver and firmware versions)", reason));
        return read.State ?? network;
    }

    private Task<ShellQueries> ShellAsync(Target target, CancellationToken cancellationToken) =>
        HostShells.Of(doors.Estate, target) is { } endpoint
            ? doors.ShellAsync(endpoint.Name, cancellationToken)
            : throw new OpsKitException(FailureKind.Usage, HostShells.Missing, target.Name);

    private async Task<IReadOnlyDictionary<string, Task<VCenterNetworks>>> VCentersAsync(IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var reading = targets.Where(target => target.VCenter is not null).GroupBy(target => target.VCenter!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => VCenterNetworks.ReadAsync(doors, group.Key, [.. group], cancellationToken), StringComparer.Ordinal);
        await Task.WhenAll(reading.Values.Select(task => ((Task)task).ContinueWith(static _ => { }, TaskScheduler.Default))).ConfigureAwait(false);
        return reading;
    }
}

/// <summary>The hosts of a vCenter, and how its distributed switches ask for neighbours.</summary>
internal sealed record VCenterNetworks(VSphereQueries Queries, IReadOnlyDictionary<string, RetrievedObject> Hosts, IReadOnlyDictionary<string, LinkDiscoveryProtocolConfig> Distributed)
{
    public static async Task<VCenterNetworks> ReadAsync(IPlanningDoors doors, string vCenter, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
        var hosts = await VimHosts.RetrieveAsync(queries, "HostSystem", targets, VimHostNetwork.Paths, cancellationToken).ConfigureAwait(false);
        var distributed = new Dictionary<string, LinkDiscoveryProtocolConfig>(StringComparer.Ordinal);
        if (hosts.Values.Any(host => host.Get(HostSystemProperties.ConfigNetworkProxySwitch) is { Count: > 0 }))
        {
            var query = PropertyCollectorQuery.All("DistributedVirtualSwitch", DistributedVirtualSwitchProperties.Uuid, DistributedVirtualSwitchProperties.Config);
            await foreach (var one in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
            {
                if (one.Get(DistributedVirtualSwitchProperties.Uuid) is { } uuid && one.Get(DistributedVirtualSwitchProperties.Config) is VMwareDVSConfigInfo { LinkDiscoveryProtocolConfig: { } discovery })
                    distributed[uuid] = discovery;
            }
        }

        return new VCenterNetworks(queries, hosts, distributed);
    }
}
