using OpsKit.Connections;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Hosts;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Reads the links of hosts' physical NICs, in one call a vCenter: for looking again and again.</summary>
internal sealed class LinkReader(IPlanningDoors doors, EnclosureHosts hosts)
{
    /// <summary>The links that are down of those given, in their order; null where a vCenter cannot be read now.</summary>
    public async Task<IReadOnlyList<SeenLink>?> DownAsync(IReadOnlyList<SeenLink> links, CancellationToken cancellationToken)
    {
        var up = new HashSet<(string Host, string Device)>();
        try
        {
            foreach (var vCenter in hosts.Hosts.Where(host => links.Any(link => link.Host == host.Name)).GroupBy(host => host.VCenter, StringComparer.OrdinalIgnoreCase))
                await AddUpAsync(vCenter.Key, vCenter.ToDictionary(host => host.Reference, host => host.Name), up, cancellationToken).ConfigureAwait(false);
        }
        catch (VimException)
        {
            return null;
        }
        catch (OpsKitException failure) when (failure.Kind == FailureKind.Unreachable)
        {
            return null;
        }

        return [.. links.Where(link => !up.Contains((link.Host, link.Device)))];
    }

    /// <summary>The links that are up on a module, with what is heard on them.</summary>
    public static IReadOnlyList<SeenLink> UpOn(EnclosureHosts hosts, int bay) =>
        [.. hosts.Hosts.SelectMany(host => host.Nics.Where(nic => nic.IsUp && nic.Module == bay).Select(nic => new SeenLink(host.Name, nic.Device, nic.Neighbour)))];

    private async Task AddUpAsync(
        string vCenter, Dictionary<ManagedObjectReference, string> names, HashSet<(string Host, string Device)> up, CancellationToken cancellationToken)
    {
        var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
        var query = PropertyCollectorQuery.Of("HostSystem", [.. names.Keys], HostSystemProperties.ConfigNetworkPnic);
        await foreach (var host in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            foreach (var nic in (host.Get(HostSystemProperties.ConfigNetworkPnic) ?? []).Where(nic => nic.LinkSpeed?.SpeedMb is > 0))
                up.Add((names[host.Reference], nic.Device ?? ""));
        }
    }
}
