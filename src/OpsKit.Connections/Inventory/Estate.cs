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
}
