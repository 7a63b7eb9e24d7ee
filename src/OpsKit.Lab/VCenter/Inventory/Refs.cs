using OpsKit.Lab.Estate;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>References to the things of the estate, and lists of them.</summary>
internal static class Refs
{
    public const string Host = "HostSystem";
    public const string Machine = "VirtualMachine";

    public static ManagedObjectReference Reference(this LabHost host) => new(Host, host.Id);

    public static ManagedObjectReference Reference(this LabMachine machine) => new(Machine, machine.Id);

    public static ManagedObjectReference Reference(this LabCluster cluster) => new("ClusterComputeResource", cluster.Id);

    public static ManagedObjectReference Reference(this LabDatastore datastore) => new("Datastore", datastore.Id);

    public static ManagedObjectReference Reference(this LabSnapshot snapshot) => new("VirtualMachineSnapshot", snapshot.Id);

    public static ManagedObjectReference Reference(this LabPortGroup group) => NetworkReference(group.Id);

    public static ManagedObjectReference NetworkReference(string id) => new(IsDistributed(id) ? "DistributedVirtualPortgroup" : "Network", id);

    public static bool IsDistributed(string networkId) => networkId.StartsWith("dvportgroup-", StringComparison.Ordinal);

    public static ManagedObjectReference Pool(this LabCluster cluster) => new("ResourcePool", cluster.ResourcePoolId);

    /// <summary>The number in a reference's value: 21 of <c>host-21</c>, 7 of <c>domain-c7</c>.</summary>
    public static string Number(string id) => id[(id.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1)..];

    public static ArrayOf<ManagedObjectReference> List(this IEnumerable<ManagedObjectReference> references) => references.List("ManagedObjectReference");

    public static ArrayOf<T> List<T>(this IEnumerable<T> items, string typeName)
    {
        var list = new ArrayOf<T>("ArrayOf" + typeName);
        list.AddRange(items);
        return list;
    }

    /// <summary>A name as vCenter writes names: slashes, backslashes and per cent signs escaped.</summary>
    public static string Escaped(string name) => name.AsSpan().IndexOfAny('/', '\\', '%') < 0
        ? name
        : name.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2f", StringComparison.Ordinal).Replace("\\", "%5c", StringComparison.Ordinal);
}
