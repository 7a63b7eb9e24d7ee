using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Engine.Targets;

/// <summary>Reads what selectors choose from: the inventory, and for hosts and virtual machines each vCenter in it. Queries only.</summary>
public static class TargetReader
{
    /// <summary>Reads the things of one kind. A vCenter that cannot be read is told, not thrown.</summary>
    public static async Task<TargetFacts> ReadAsync(IPlanningDoors doors, TargetKind kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(doors);
        return kind switch
        {
            TargetKind.VCenter => FromInventory(doors.Estate.VCenters, kind),
            TargetKind.Enclosure => FromInventory(doors.Estate.Enclosures, kind),
            TargetKind.Host or TargetKind.VirtualMachine => await FromVCentersAsync(doors, kind, cancellationToken).ConfigureAwait(false),
            _ => new TargetFacts([], []),
        };
    }

    /// <summary>The inventory's entry of a host that a vCenter may call otherwise: by its full name, or by its address. Null where it has none.</summary>
    /// <param name="estate">The inventory.</param>
    /// <param name="vCenter">The vCenter; null for a host that is in none.</param>
    /// <param name="name">The host's name there.</param>
    public static HostEndpoint? HostOf(Estate estate, string? vCenter, string name)
    {
        ArgumentNullException.ThrowIfNull(estate);
        ArgumentNullException.ThrowIfNull(name);
        return estate.Hosts.FirstOrDefault(host =>
            (host.VCenter is null || vCenter is null || string.Equals(host.VCenter, vCenter, StringComparison.OrdinalIgnoreCase))
            && (Same(host.Name, name) || Same(host.Address, name)));
    }

    private static TargetFacts FromInventory(IEnumerable<Endpoint> endpoints, TargetKind kind) => new(
        [.. endpoints.Select(endpoint => new Candidate
        {
            Target = new Target
            {
                Kind = kind,
                Name = endpoint.Name,
                VCenter = kind == TargetKind.VCenter ? endpoint.Name : null,
                Enclosure = kind == TargetKind.Enclosure ? endpoint.Name : null,
            },
            Aliases = [endpoint.Address],
        })],
        []);

    private static async Task<TargetFacts> FromVCentersAsync(IPlanningDoors doors, TargetKind kind, CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(doors.Estate.VCenters.Select(vCenter => OneAsync(doors, vCenter.Name, kind, cancellationToken))).ConfigureAwait(false);
        var candidates = read.SelectMany(facts => facts.Candidates).ToList();
        if (kind == TargetKind.Host)
            candidates.AddRange(StandaloneHosts(doors.Estate, candidates));
        return new TargetFacts(candidates, [.. read.SelectMany(facts => facts.Unread)]);
    }

    /// <summary>Hosts of the inventory that name no vCenter and were found in none.</summary>
    private static IEnumerable<Candidate> StandaloneHosts(Estate estate, IReadOnlyCollection<Candidate> found)
    {
        var known = found.SelectMany(candidate => candidate.Aliases).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return estate.Hosts.Where(host => host.VCenter is null && !known.Contains(host.Name)).Select(host => new Candidate
        {
            Target = new Target { Kind = TargetKind.Host, Name = host.Name, Enclosure = host.Enclosure },
            Aliases = [host.Name, host.Address],
        });
    }

    private static async Task<TargetFacts> OneAsync(IPlanningDoors doors, string vCenter, TargetKind kind, CancellationToken cancellationToken)
    {
        try
        {
            var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
            var places = await InventoryPlaces.ReadAsync(queries, cancellationToken).ConfigureAwait(false);
            var hosts = await HostsAsync(doors.Estate, queries, places, cancellationToken).ConfigureAwait(false);
            return new TargetFacts(kind == TargetKind.Host ? hosts : await MachinesAsync(queries, places, hosts, cancellationToken).ConfigureAwait(false), []);
        }
        catch (OpsKitException failure)
        {
            return new TargetFacts([], [new Unread(vCenter, failure.Kind, failure.What)]);
        }
        catch (VimException failure)
        {
            return new TargetFacts([], [new Unread(vCenter, FailureKind.Failed, failure.Message)]);
        }
    }

    private static async Task<List<Candidate>> HostsAsync(Estate estate, VSphereQueries queries, InventoryPlaces places, CancellationToken cancellationToken)
    {
        var hosts = new List<Candidate>();
        var query = PropertyCollectorQuery.All("HostSystem", HostSystemProperties.Name, HostSystemProperties.Parent);
        await foreach (var found in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            var name = EntityName.Plain(found.Get(HostSystemProperties.Name)) ?? found.Reference.Value;
            var endpoint = HostOf(estate, queries.VCenter, name);
            hosts.Add(new Candidate
            {
                Target = new Target
                {
                    Kind = TargetKind.Host,
                    Name = name,
                    VCenter = queries.VCenter,
                    Reference = found.Reference,
                    Cluster = places.ClusterOf(found.Get(HostSystemProperties.Parent)),
                    Enclosure = endpoint?.Enclosure,
                },
                Aliases = endpoint is null ? [] : [endpoint.Name, endpoint.Address],
            });
        }

        return hosts;
    }

    private static async Task<List<Candidate>> MachinesAsync(
        VSphereQueries queries, InventoryPlaces places, IEnumerable<Candidate> hosts, CancellationToken cancellationToken)
    {
        var byReference = hosts.ToDictionary(host => host.Target.Reference!.Value, host => host.Target, StringComparer.Ordinal);
        var machines = new List<Candidate>();
        var query = PropertyCollectorQuery.All(
            "VirtualMachine", VirtualMachineProperties.Name, VirtualMachineProperties.Parent, VirtualMachineProperties.RuntimeHost, VirtualMachineProperties.Tag);
        await foreach (var found in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            var host = found.Get(VirtualMachineProperties.RuntimeHost) is { } reference ? byReference.GetValueOrDefault(reference.Value) : null;
            machines.Add(new Candidate
            {
                Target = new Target
                {
                    Kind = TargetKind.VirtualMachine,
                    Name = EntityName.Plain(found.Get(VirtualMachineProperties.Name)) ?? found.Reference.Value,
                    VCenter = queries.VCenter,
                    Reference = found.Reference,
                    Cluster = host?.Cluster,
                    Enclosure = host?.Enclosure,
                },
                Tags = [.. (found.Get(VirtualMachineProperties.Tag) ?? []).Select(tag => tag.Key).OfType<string>()],
                Folder = places.PathOf(found.Get(VirtualMachineProperties.Parent)),
            });
        }

        return machines;
    }

    private static bool Same(string a, string b) =>
        string.Equals(a, b, StringComparison.OrdinalIgnoreCase)
        || (b.StartsWith(a, StringComparison.OrdinalIgnoreCase) && b.Length > a.Length && b[a.Length] == '.' && !System.Net.IPAddress.TryParse(b, out _));
}
