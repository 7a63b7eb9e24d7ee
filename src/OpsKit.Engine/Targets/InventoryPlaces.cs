using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Engine.Targets;

/// <summary>Folders, datacenters and clusters of a vCenter, read in one pass each, so that paths cost no further calls.</summary>
internal sealed class InventoryPlaces
{
    private readonly Dictionary<string, (string Name, ManagedObjectReference? Parent)> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _clusters = new(StringComparer.Ordinal);

    public static async Task<InventoryPlaces> ReadAsync(VSphereQueries queries, CancellationToken cancellationToken)
    {
        var places = new InventoryPlaces();
        await places.TakeAsync(queries, "Folder", FolderProperties.Name, FolderProperties.Parent, cancellationToken).ConfigureAwait(false);
        await places.TakeAsync(queries, "Datacenter", DatacenterProperties.Name, DatacenterProperties.Parent, cancellationToken).ConfigureAwait(false);
        var clusters = PropertyCollectorQuery.All("ClusterComputeResource", ClusterComputeResourceProperties.Name);
        await foreach (var found in queries.Properties.RetrieveAsync(clusters, cancellationToken).ConfigureAwait(false))
            places._clusters[found.Reference.Value] = EntityName.Plain(found.Get(ClusterComputeResourceProperties.Name)) ?? found.Reference.Value;
        return places;
    }

    public string? ClusterOf(ManagedObjectReference? parent) => parent is null ? null : _clusters.GetValueOrDefault(parent.Value);

    /// <summary>The path of a folder, without the hidden root: <c>/DC/vm/Prod</c>.</summary>
    public string PathOf(ManagedObjectReference? folder)
    {
        var names = new List<string>();
        for (var depth = 0; folder is not null && depth < 100 && _places.TryGetValue(folder.Value, out var place); depth++)
        {
            names.Add(place.Name);
            folder = place.Parent;
        }

        names.Reverse();
        return string.Concat(names.Select(name => "/" + name));
    }


    private async Task TakeAsync(
        VSphereQueries queries, string type, PropertyPath<string> name, PropertyPath<ManagedObjectReference> parent, CancellationToken cancellationToken)
    {
        await foreach (var found in queries.Properties.RetrieveAsync(PropertyCollectorQuery.All(type, name, parent), cancellationToken).ConfigureAwait(false))
            _places[found.Reference.Value] = (EntityName.Plain(found.Get(name)) ?? found.Reference.Value, found.Get(parent));
    }
}
