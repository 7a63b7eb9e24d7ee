using OpsKit.Lab.Estate;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>A folder of the inventory.</summary>
internal sealed record FolderPlace(string Id, string Name, ManagedObjectReference Parent, IReadOnlyList<string> ChildType)
{
    public List<FolderPlace> Folders { get; } = [];

    public ManagedObjectReference Reference { get; } = new("Folder", Id);
}

/// <summary>A network or port group, whichever hosts have it.</summary>
internal sealed record NetworkPlace(string Id, string Name, int Vlan, SwitchPlace? Switch, bool Uplink)
{
    public HashSet<LabHost> Hosts { get; } = [];

    public ManagedObjectReference Reference { get; } = Refs.NetworkReference(Id);
}

/// <summary>A distributed switch.</summary>
internal sealed record SwitchPlace(string Id, string Name, string Uuid, int Mtu)
{
    public List<LabHost> Hosts { get; } = [];

    public List<NetworkPlace> PortGroups { get; } = [];

    public ManagedObjectReference Reference { get; } = new("VmwareDistributedVirtualSwitch", Id);
}

/// <summary>What does not move: folders, hosts, networks, datastores of one vCenter, by the values of their references.</summary>
internal sealed class InventoryPlaces
{
    public const string DatacenterId = "datacenter-2";
    private readonly LabEstate _estate;
    private readonly Dictionary<string, FolderPlace> _machineFolders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _byId = new(StringComparer.Ordinal);

    public InventoryPlaces(LabEstate estate, LabVCenter vCenter)
    {
        _estate = estate;
        VCenter = vCenter;
        Root = Add(new FolderPlace("group-d1", "Datacenters", new ManagedObjectReference("Folder", ""), ["Folder", "Datacenter"]));
        var datacenter = new ManagedObjectReference("Datacenter", DatacenterId);
        MachineFolder = Add(new FolderPlace("group-v3", "vm", datacenter, ["Folder", "VirtualMachine", "VirtualApp"]));
        HostFolder = Add(new FolderPlace("group-h4", "host", datacenter, ["Folder", "ComputeResource"]));
        DatastoreFolder = Add(new FolderPlace("group-s5", "datastore", datacenter, ["Folder", "Datastore", "StoragePod"]));
        NetworkFolder = Add(new FolderPlace("group-n6", "network", datacenter, ["Folder", "Network", "DistributedVirtualSwitch"]));
        _machineFolders[""] = MachineFolder;
        Clusters = [.. estate.Clusters.Where(cluster => cluster.VCenter == vCenter)];
        Hosts = [.. estate.Hosts.Where(host => host.VCenter == vCenter)];
        Datastores = [.. estate.Datastores.Where(store => store.Hosts.Exists(host => host.VCenter == vCenter))];
        foreach (var cluster in Clusters)
            _byId[cluster.Id] = cluster;
        foreach (var host in Hosts)
            _byId[host.Id] = host;
        foreach (var datastore in Datastores)
            _byId[datastore.Id] = datastore;
        foreach (var host in Hosts)
            AddNetworks(host);
        foreach (var machine in estate.Machines.Where(machine => machine.VCenter == vCenter))
        {
            _byId[machine.Id] = machine;
            FolderOf(machine);
        }
    }

    public LabVCenter VCenter { get; }
    public FolderPlace Root { get; }
    public FolderPlace MachineFolder { get; }
    public FolderPlace HostFolder { get; }
    public FolderPlace DatastoreFolder { get; }
    public FolderPlace NetworkFolder { get; }
    public IReadOnlyList<LabCluster> Clusters { get; }
    public IReadOnlyList<LabHost> Hosts { get; }
    public IReadOnlyList<LabDatastore> Datastores { get; }
    public List<NetworkPlace> Networks { get; } = [];
    public List<SwitchPlace> Switches { get; } = [];

    public object? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The folder a machine stands in; made with all above it when it is new.</summary>
    public FolderPlace FolderOf(LabMachine machine)
    {
        _byId.TryAdd(machine.Id, machine);
        return Folder(machine.FolderPath);
    }

    public SwitchPlace? SwitchOf(LabVSwitch vswitch) => vswitch.DvsUuid is { } uuid ? Switches.Find(place => place.Uuid == uuid) : null;

    private FolderPlace Folder(string path)
    {
        if (_machineFolders.TryGetValue(path, out var folder))
            return folder;
        var slash = path.LastIndexOf('/');
        var parent = Folder(slash < 0 ? "" : path[..slash]);
        folder = Add(new FolderPlace($"group-v{_estate.NextId()}", path[(slash + 1)..], parent.Reference, MachineFolder.ChildType));
        parent.Folders.Add(folder);
        return _machineFolders[path] = folder;
    }

    private FolderPlace Add(FolderPlace folder)
    {
        _byId[folder.Id] = folder;
        return folder;
    }

    private void AddNetworks(LabHost host)
    {
        foreach (var vswitch in host.VSwitches)
        {
            var place = vswitch.Distributed ? Switch(vswitch, host) : null;
            foreach (var group in vswitch.PortGroups)
                Network(group.Id, group.Name, group.Vlan, place, uplink: false).Hosts.Add(host);
        }
    }

    private SwitchPlace Switch(LabVSwitch vswitch, LabHost host)
    {
        var place = SwitchOf(vswitch);
        if (place is null)
        {
            place = new SwitchPlace($"dvs-{_estate.NextId()}", vswitch.Name, vswitch.DvsUuid!, vswitch.Mtu);
            _byId[place.Id] = place;
            Switches.Add(place);
            Network($"dvportgroup-{_estate.NextId()}", $"{vswitch.Name}-DVUplinks-{Refs.Number(place.Id)}", 0, place, uplink: true);
        }

        place.Hosts.Add(host);
        place.PortGroups[0].Hosts.Add(host);
        vswitch.UplinkGroupId = place.PortGroups[0].Id;
        return place;
    }

    private NetworkPlace Network(string id, string name, int vlan, SwitchPlace? @switch, bool uplink)
    {
        if (_byId.TryGetValue(id, out var known))
            return (NetworkPlace)known;
        var place = new NetworkPlace(id, name, vlan, @switch, uplink);
        _byId[id] = place;
        Networks.Add(place);
        @switch?.PortGroups.Add(place);
        return place;
    }
}
