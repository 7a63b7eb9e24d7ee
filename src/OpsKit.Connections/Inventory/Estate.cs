using OpsKit.Connections.Yaml;

namespace OpsKit.Connections.Inventory;

/// <summary>All endpoints of an estate and the groups they form.</summary>
/// <param name="Source">The file it was read from, or <c>command line</c>.</param>
/// <param name="Endpoints">Every endpoint, names unique.</param>
/// <param name="Groups">Named groups of endpoint names.</param>
public sealed record Estate(
    string Source,
    IReadOnlyList<Endpoint> Endpoints,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Groups)
{
    /// <summary>The vCenters, in the order of the file.</summary>
    public IEnumerable<VCenterEndpoint> VCenters => Endpoints.OfType<VCenterEndpoint>();

    /// <summary>The ESXi hosts, in the order of the file.</summary>
    public IEnumerable<HostEndpoint> Hosts => Endpoints.OfType<HostEndpoint>();

    /// <summary>The enclosures, in the order of the file.</summary>
    public IEnumerable<EnclosureEndpoint> Enclosures => Endpoints.OfType<EnclosureEndpoint>();

    /// <summary>The endpoint of a name; case does not count. Null when there is none.</summary>
    public Endpoint? Find(string name) => Endpoints.FirstOrDefault(endpoint => string.Equals(endpoint.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The endpoints that patterns name: endpoint names, group names, or either with <c>*</c> and <c>?</c>.</summary>
    /// <param name="patterns">The patterns; none at all selects everything.</param>
    /// <exception cref="OpsKitException">A pattern matches nothing (<see cref="FailureKind.Usage"/>).</exception>
    public IReadOnlyList<Endpoint> Select(IReadOnlyCollection<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Count == 0)
            return Endpoints;

        var selected = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pattern in patterns)
        {
            var before = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            Resolve(pattern, before, []);
            if (before.Count == 0)
            {
                throw new OpsKitException(
                    FailureKind.Usage,
                    $"nothing in {Source} is called \"{pattern}\"{NearestKey.Hint(pattern, Endpoints.Select(endpoint => endpoint.Name).Concat(Groups.Keys))}",
                    next: "opskit inventory show lists the names");
            }

            selected.UnionWith(before);
        }

        return [.. Endpoints.Where(endpoint => selected.Contains(endpoint.Name))];
    }

    private void Resolve(string pattern, HashSet<string> names, HashSet<string> visited)
    {
        foreach (var endpoint in Endpoints.Where(endpoint => GlobPattern.Matches(pattern, endpoint.Name)))
            names.Add(endpoint.Name);
        foreach (var group in Groups.Where(group => GlobPattern.Matches(pattern, group.Key) && visited.Add(group.Key)))
        {
            foreach (var member in group.Value)
                Resolve(member, names, visited);
        }
    }
}
