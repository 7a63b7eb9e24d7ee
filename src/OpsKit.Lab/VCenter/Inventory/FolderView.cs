using OpsKit.Vim25;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Properties of folders.</summary>
internal static class FolderView
{
    public static object? Property(LabInventory inventory, FolderPlace folder, string name) => name switch
    {
        "name" => Refs.Escaped(folder.Name),
        "parent" => folder.Parent.Value.Length > 0 ? folder.Parent : null,
        "childType" => folder.ChildType.List("String"),
        "childEntity" => Children(inventory, folder).List(),
        _ => inventory.Entity(folder.Reference, name),
    };

    private static IEnumerable<ManagedObjectReference> Children(LabInventory inventory, FolderPlace folder)
    {
        var places = inventory.Places;
        if (folder == places.Root)
            return [new ManagedObjectReference("Datacenter", InventoryPlaces.DatacenterId)];
        if (folder == places.HostFolder)
            return places.Clusters.Select(cluster => cluster.Reference());
        if (folder == places.DatastoreFolder)
            return places.Datastores.Select(datastore => datastore.Reference());
        if (folder == places.NetworkFolder)
            return places.Networks.Select(network => network.Reference).Concat(places.Switches.Select(place => place.Reference));
        return folder.Folders.Select(child => child.Reference).Concat(inventory.Whereabouts.In(folder).Select(machine => machine.Reference()));
    }
}

/// <summary>Properties of the datacenter.</summary>
internal static class DatacenterView
{
    public static object? Property(LabInventory inventory, string name) => name switch
    {
        "name" => Refs.Escaped(inventory.VCenter.Datacenter),
        "parent" => inventory.Places.Root.Reference,
        "vmFolder" => inventory.Places.MachineFolder.Reference,
        "hostFolder" => inventory.Places.HostFolder.Reference,
        "datastoreFolder" => inventory.Places.DatastoreFolder.Reference,
        "networkFolder" => inventory.Places.NetworkFolder.Reference,
        "datastore" => inventory.Places.Datastores.Select(datastore => datastore.Reference()).List(),
        "network" => inventory.Places.Networks.Select(network => network.Reference).List(),
        _ => inventory.Entity(new ManagedObjectReference("Datacenter", InventoryPlaces.DatacenterId), name),
    };
}
