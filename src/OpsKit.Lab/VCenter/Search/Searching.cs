using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Search;

/// <summary>Which search a request is.</summary>
internal static class Searching
{
    /// <summary>False for a request that is none of the search index's.</summary>
    internal static bool TryAnswer(VimRequest request, SearchOperations search, out object? result)
    {
        result = request switch
        {
            FindByUuidRequest find => search.ByUuid(find.Datacenter, find.Uuid!, find.VmSearch == true, find.InstanceUuid == true).FirstOrDefault(),
            FindAllByUuidRequest find => search.ByUuid(find.Datacenter, find.Uuid!, find.VmSearch == true, find.InstanceUuid == true).ToArray(),
            FindByDnsNameRequest find => search.ByDnsName(find.Datacenter, find.DnsName!, find.VmSearch == true).FirstOrDefault(),
            FindAllByDnsNameRequest find => search.ByDnsName(find.Datacenter, find.DnsName!, find.VmSearch == true).ToArray(),
            FindByIpRequest find => search.ByIp(find.Datacenter, find.Ip!, find.VmSearch == true).FirstOrDefault(),
            FindAllByIpRequest find => search.ByIp(find.Datacenter, find.Ip!, find.VmSearch == true).ToArray(),
            FindByDatastorePathRequest find => search.ByDatastorePath(find.Datacenter!, find.Path!),
            FindByInventoryPathRequest find => search.ByInventoryPath(find.InventoryPath!),
            FindChildRequest find => search.Child(find.Entity!, find.Name!),
            _ => NoSearch,
        };
        return !ReferenceEquals(result, NoSearch);
    }

    private static readonly object NoSearch = new();
}
