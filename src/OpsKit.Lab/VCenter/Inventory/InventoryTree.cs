using OpsKit.Lab.Estate;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Everything below an object, as container views see it: the object itself is not part of it.</summary>
internal static class InventoryTree
{
    public static IEnumerable<ManagedObjectReference> Below(LabInventory inventory, object container) => container switch
    {
        FolderPlace folder when folder == inventory.Places.Root =>
            Below(inventory, DatacenterPlace.Instance).Prepend(new ManagedObjectReference("Datacenter", InventoryPlaces.DatacenterId)),
        FolderPlace folder => BelowFolder(inventory, folder),
        DatacenterPlace => new[] { inventory.Places.MachineFolder, inventory.Places.HostFolder, inventory.Places.DatastoreFolder, inventory.Places.NetworkFolder }
            .SelectMany(folder => BelowFolder(inventory, folder).Prepend(folder.Reference)),
        LabCluster cluster => BelowCluster(inventory, cluster),
        PoolPlace pool => inventory.Whereabouts.In(pool.Cluster).Select(machine => machine.Reference()),
        LabHost host => inventory.Whereabouts.On(host).Select(machine => machine.Reference()),
        _ => [],
    };

    private static IEnumerable<ManagedObjectReference> BelowFolder(LabInventory inventory, FolderPlace folder)
    {
        var places = inventory.Places;
        if (folder == places.HostFolder)
            return places.Clusters.SelectMany(cluster => BelowCluster(inventory, cluster).Prepend(cluster.Reference()));
        if (folder == places.DatastoreFolder)
            return places.Datastores.Select(datastore => datastore.Reference());
        if (folder == places.NetworkFolder)
            return places.Networks.Select(network => network.Reference).Concat(places.Switches.Select(place => place.Reference));
        return folder.Folders.SelectMany(child => BelowFolder(inventory, child).Prepend(child.Reference))
            .Concat(inventory.Whereabouts.In(folder).Select(machine => machine.Reference()));
    }

    private static IEnumerable<ManagedObjectReference> BelowCluster(LabInventory inventory, LabCluster cluster) =>
        inventory.Places.Hosts.Where(host => host.Cluster == cluster).Select(host => host.Reference()).Prepend(cluster.Pool());
}
