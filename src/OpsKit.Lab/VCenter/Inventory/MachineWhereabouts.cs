using OpsKit.Lab.Estate;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Which machines are on a host, in a folder, on a datastore or on a network; counted anew only after one of them moved.</summary>
internal sealed class MachineWhereabouts(LabEstate estate, InventoryPlaces places)
{
    private readonly Dictionary<LabMachine, (LabHost Host, string Folder)> _known = [];
    private Dictionary<object, List<LabMachine>>? _at;

    public IReadOnlyList<LabMachine> On(LabHost host) => At(host);

    public IReadOnlyList<LabMachine> In(FolderPlace folder) => At(folder);

    public IReadOnlyList<LabMachine> On(LabDatastore datastore) => At(datastore);

    public IReadOnlyList<LabMachine> On(NetworkPlace network) => At(network);

    public IReadOnlyList<LabMachine> In(LabCluster cluster) => [.. places.Hosts.Where(host => host.Cluster == cluster).SelectMany(On)];

    /// <summary>Told of each touched machine: cheap unless it moved.</summary>
    public void Look(LabMachine machine)
    {
        if (!_known.TryGetValue(machine, out var was) || was.Host != machine.Host || was.Folder != machine.FolderPath)
            Forget();
    }

    public void Forget() => _at = null;

    private List<LabMachine> At(object place) => (_at ??= Count()).GetValueOrDefault(place) ?? [];

    private Dictionary<object, List<LabMachine>> Count()
    {
        var at = new Dictionary<object, List<LabMachine>>(ReferenceEqualityComparer.Instance);
        _known.Clear();
        foreach (var machine in estate.Machines)
        {
            if (machine.VCenter != places.VCenter)
                continue;
            _known[machine] = (machine.Host, machine.FolderPath);
            Add(at, machine.Host, machine);
            Add(at, places.FolderOf(machine), machine);
            foreach (var datastore in machine.Disks.Select(disk => disk.Datastore).Distinct())
                Add(at, datastore, machine);
            foreach (var group in machine.Nics.Select(nic => nic.PortGroup).Distinct(StringComparer.Ordinal))
            {
                if (Networks.PortGroup(machine.Host, group) is { } found && places.Find(found.Id) is { } network)
                    Add(at, network, machine);
            }
        }

        return at;
    }

    private static void Add(Dictionary<object, List<LabMachine>> at, object place, LabMachine machine)
    {
        if (!at.TryGetValue(place, out var list))
            at[place] = list = [];
        list.Add(machine);
    }
}

/// <summary>Port groups of hosts by name.</summary>
internal static class Networks
{
    public static LabPortGroup? PortGroup(LabHost host, string name)
    {
        foreach (var vswitch in host.VSwitches)
        {
            foreach (var group in vswitch.PortGroups)
            {
                if (group.Name == name)
                    return group;
            }
        }

        return null;
    }

    public static LabVSwitch? SwitchOf(LabHost host, string portGroup) => host.VSwitches.Find(vswitch => vswitch.PortGroups.Exists(group => group.Name == portGroup));
}
