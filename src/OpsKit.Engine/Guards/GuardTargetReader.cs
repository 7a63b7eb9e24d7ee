using System.Net;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Probes;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Targets;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Engine.Guards;

/// <summary>
/// Finds what ping guards watch: addresses as they are written, and for hosts named by a selector the VMkernel addresses that carry management traffic
/// (all of them where the host marks none). Queries only.
/// </summary>
public static class GuardTargetReader
{
    private const string Management = "management";

    /// <summary>The addresses of each ping guard, by its name.</summary>
    /// <param name="doors">Queries of the vCenters; used only where a guard names hosts.</param>
    /// <param name="guards">The guards of a playbook.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OpsKitException">Kind Usage: a selector means nothing. Else: a vCenter that would know could not be read; a guard that watches less than it says is worse than none.</exception>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<ProbeTarget>>> ReadAsync(
        IPlanningDoors doors, IReadOnlyList<GuardSpec> guards, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(doors);
        ArgumentNullException.ThrowIfNull(guards);
        var found = new Dictionary<string, IReadOnlyList<ProbeTarget>>(StringComparer.Ordinal);
        TargetFacts? hosts = null;
        foreach (var guard in guards.OfType<PingGuardSpec>())
        {
            var targets = new List<ProbeTarget>();
            foreach (var text in guard.Targets)
            {
                if (AddressOf(text) is { } address)
                {
                    targets.Add(new ProbeTarget(text, address.Host, address.Port ?? guard.TcpPort));
                    continue;
                }

                hosts ??= await TargetReader.ReadAsync(doors, TargetKind.Host, cancellationToken).ConfigureAwait(false);
                targets.AddRange(await OfSelectorAsync(doors, guard, text, hosts, cancellationToken).ConfigureAwait(false));
            }

            found[guard.Name] = [.. targets.DistinctBy(target => (target.Address, target.Port))];
        }

        return found;
    }

    /// <summary>An IP address, or anything with a port, is taken as it stands; names may be hosts of the inventory.</summary>
    private static EndpointAddress? AddressOf(string text) =>
        EndpointAddress.TryParse(text, out var address, out _) && (address!.Port is not null || IPAddress.TryParse(address.Host, out _)) ? address : null;

    private static async Task<IReadOnlyList<ProbeTarget>> OfSelectorAsync(
        IPlanningDoors doors, PingGuardSpec guard, string text, TargetFacts hosts, CancellationToken cancellationToken)
    {
        var selector = TargetSelector.Parse(text, guard.At);
        var meant = hosts.Candidates.Where(candidate => TargetResolver.Means(selector, candidate, doors.Estate)).ToList();
        if (hosts.Unread is [var unread, ..])
            throw new OpsKitException(unread.Kind, $"guard {guard.Name} cannot be told what to watch: {unread.Reason}", unread.VCenter);
        if (meant.Count == 0)
        {
            return selector.Kind == SelectorKind.Name && !text.AsSpan().ContainsAny('*', '?')
                ? [new ProbeTarget(text, text, guard.TcpPort)]
                : throw TargetResolver.Nothing(selector, hosts, doors.Estate);
        }

        var addresses = await Task.WhenAll(meant.Select(candidate => OfHostAsync(doors, candidate, cancellationToken))).ConfigureAwait(false);
        return [.. meant.Zip(addresses).SelectMany(pair => Named(pair.First.Target.Name, pair.Second, guard.TcpPort))];
    }

    private static IEnumerable<ProbeTarget> Named(string host, IReadOnlyList<HostVirtualNic> nics, int port) =>
        nics.Select(nic => new ProbeTarget(nics.Count == 1 ? host : $"{host} {nic.Device}", nic.Spec?.Ip?.IpAddress ?? host, port));

    /// <summary>A host without a vCenter is watched at the address the inventory has.</summary>
    private static async Task<IReadOnlyList<HostVirtualNic>> OfHostAsync(IPlanningDoors doors, Candidate host, CancellationToken cancellationToken)
    {
        if (host.Target is not { VCenter: { } vCenter, Reference: { } reference })
            return [new HostVirtualNic { Spec = new HostVirtualNicSpec { Ip = new HostIpConfig { IpAddress = host.Aliases.Count > 0 ? host.Aliases[^1] : host.Target.Name } } }];
        var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
        try
        {
            var read = await queries.Properties.GetAsync(
                reference, [HostSystemProperties.ConfigNetworkVnic, HostSystemProperties.ConfigVirtualNicManagerInfo], cancellationToken).ConfigureAwait(false);
            var nics = (read.Get(HostSystemProperties.ConfigNetworkVnic) ?? []).Where(nic => nic.Spec?.Ip?.IpAddress is { Length: > 0 }).ToList();
            var selected = (read.Get(HostSystemProperties.ConfigVirtualNicManagerInfo)?.NetConfig ?? [])
                .Where(config => config.NicType == Management)
                .SelectMany(config => config.SelectedVnic ?? [])
                .ToList();
            var management = nics.Where(nic => selected.Exists(key => key == nic.Key || key.EndsWith(Management + "." + nic.Key, StringComparison.Ordinal))).ToList();
            return management.Count > 0 ? management : nics;
        }
        catch (VimException failure)
        {
            throw new OpsKitException(FailureKind.Failed, $"its VMkernel addresses cannot be read: {failure.Message}", host.Target.Name, innerException: failure);
        }
    }
}
