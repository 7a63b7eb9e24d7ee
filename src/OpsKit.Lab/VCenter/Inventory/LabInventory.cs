using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Events;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Lab.VCenter.Tasks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>The inventory of one simulated vCenter: which objects there are and what their properties say.</summary>
internal sealed class LabInventory : ILabInventory, IDisposable
{
    private readonly LabEstate _estate;
    private readonly ViewOfManagers _managers;

    public LabInventory(LabEstate estate, LabVCenter vCenter)
    {
        _estate = estate;
        VCenter = vCenter;
        lock (estate.Gate)
        {
            Places = new InventoryPlaces(estate, vCenter);
            Whereabouts = new MachineWhereabouts(estate, Places);
            Tasks = new TaskBook(estate);
            Events = new EventBook(estate, vCenter);
            _managers = new ViewOfManagers(this);
            estate.Changed += OnChanged;
        }
    }

    public event Action<ManagedObjectReference, string?>? Changed;

    public LabVCenter VCenter { get; }

    public InventoryPlaces Places { get; }

    public MachineWhereabouts Whereabouts { get; }

    public TaskBook Tasks { get; }

    public EventBook Events { get; }

    public LabClock Clock => _estate.Clock;

    public void Dispose() => _estate.Changed -= OnChanged;

    public string? TypeOf(ManagedObjectReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        lock (_estate.Gate)
            return Resolve(reference.Value) is { } thing ? TypeOf(thing) : null;
    }

    public object? Property(ManagedObjectReference reference, string name)
    {
        ArgumentNullException.ThrowIfNull(reference);
        lock (_estate.Gate)
        {
            var thing = Resolve(reference.Value) ?? throw VimFaults.ObjectNotFound(reference);
            if (TypeShape.OfManagedObject(TypeOf(thing))?.Field(name) is null)
                throw VimFaults.InvalidProperty(name);
            return Property(thing, name);
        }
    }

    public IEnumerable<ManagedObjectReference> Children(ManagedObjectReference container)
    {
        ArgumentNullException.ThrowIfNull(container);
        lock (_estate.Gate)
            return [.. InventoryTree.Below(this, Resolve(container.Value) ?? throw VimFaults.ObjectNotFound(container))];
    }

    /// <summary>The thing of the estate, or the place, behind a reference's value; null where there is none.</summary>
    public object? Resolve(string id)
    {
        if (Places.Find(id) is { } place)
            return place;
        if (id == InventoryPlaces.DatacenterId)
            return DatacenterPlace.Instance;
        if (id.StartsWith("task-", StringComparison.Ordinal))
            return Tasks.Find(id);
        if (id.StartsWith("snapshot-", StringComparison.Ordinal))
            return Snapshot(id);
        if (id.StartsWith("resgroup-", StringComparison.Ordinal))
            return Places.Find("domain-c" + Refs.Number(id)) is LabCluster cluster ? new PoolPlace(cluster) : null;
        return _managers.Resolve(id);
    }

    /// <summary>The machine that has the snapshot, and the snapshot.</summary>
    public SnapshotPlace? Snapshot(string id)
    {
        foreach (var machine in _estate.Machines)
        {
            if (machine.Snapshots.Count > 0 && machine.VCenter == VCenter && SnapshotTree.All(machine).FirstOrDefault(snapshot => snapshot.Id == id) is { } found)
                return new SnapshotPlace(machine, found);
        }

        return null;
    }

    private static string TypeOf(object thing) => thing switch
    {
        LabMachine => Refs.Machine,
        LabHost => Refs.Host,
        LabCluster => "ClusterComputeResource",
        LabDatastore => "Datastore",
        FolderPlace => "Folder",
        NetworkPlace network => network.Reference.Type,
        SwitchPlace => "VmwareDistributedVirtualSwitch",
        LabTask => "Task",
        PoolPlace => "ResourcePool",
        SnapshotPlace => "VirtualMachineSnapshot",
        DatacenterPlace => "Datacenter",
        ManagerPlace manager => manager.Type,
        _ => throw new InvalidOperationException($"{thing.GetType().Name} is no object of the inventory"),
    };

    private object? Property(object thing, string name) => thing switch
    {
        LabMachine machine => MachineView.Property(this, machine, name),
        LabHost host => HostView.Property(this, host, name),
        LabCluster cluster => ClusterView.Property(this, cluster, name),
        LabDatastore datastore => DatastoreView.Property(this, datastore, name),
        FolderPlace folder => FolderView.Property(this, folder, name),
        NetworkPlace network => NetworkView.Property(this, network, name),
        SwitchPlace place => SwitchView.Property(this, place, name),
        PoolPlace pool => PoolView.Property(this, pool.Cluster, name),
        DatacenterPlace => DatacenterView.Property(this, name),
        LabTask task => name == "info" ? task.Info() : null,
        SnapshotPlace snapshot => SnapshotTree.Property(snapshot, name),
        ManagerPlace manager => _managers.Property(manager, name),
        _ => null,
    };

    /// <summary>What every entity has alike.</summary>
    public object? Entity(ManagedObjectReference self, string name) => name switch
    {
        "overallStatus" or "configStatus" => ManagedEntityStatus.Green,
        "recentTask" => Tasks.Of(self).Select(task => task.Reference).List(),
        "customValue" or "value" => Array.Empty<CustomFieldValue>().List("CustomFieldValue"),
        "tag" => Array.Empty<Tag>().List("Tag"),
        "triggeredAlarmState" or "declaredAlarmState" => Array.Empty<AlarmState>().List("AlarmState"),
        "disabledMethod" => Array.Empty<string>().List("String"),
        "effectiveRole" => new[] { -1 }.List("Int"),
        "alarmActionsEnabled" => true,
        _ => null,
    };

    private void OnChanged(object thing)
    {
        switch (thing)
        {
            case LabMachine machine when machine.VCenter == VCenter:
                Whereabouts.Look(machine);
                Raise(machine.Reference(), "runtime", "summary", "config", "guest", "snapshot", "rootSnapshot", "layoutEx", "storage", "name", "datastore", "network", "resourcePool", "guestHeartbeatStatus");
                break;
            case LabHost host when host.VCenter == VCenter:
                Raise(host.Reference(), "runtime", "summary", "config", "overallStatus", "vm", "licensableResource");
                foreach (var (system, property) in ViewOfManagers.SystemsOf(host))
                    Raise(system, property);
                break;
            case LabCluster cluster when cluster.VCenter == VCenter:
                Raise(cluster.Reference(), "configurationEx", "configuration", "summary");
                break;
            case LabDatastore datastore:
                Raise(datastore.Reference(), "summary", "info", "vm");
                break;
            case LabTask task when Tasks.Find(task.Id) == task:
                if (task.State == TaskInfoState.Queued)
                {
                    Raise(task.Reference, [null]);
                    Raise(task.Model.Entity, "recentTask");
                    Raise(WellKnown.TaskManager, "recentTask");
                }
                else
                {
                    Raise(task.Reference, "info");
                }

                break;
            case TaskGone gone:
                Raise(gone.Task.Reference, [null]);
                Raise(gone.Task.Model.Entity, "recentTask");
                break;
            case SnapshotPlace snapshot when snapshot.Machine.VCenter == VCenter:
                Raise(snapshot.Snapshot.Reference(), [null]);
                break;
            case LabVCenter vCenter when vCenter == VCenter:
                Raise(WellKnown.LicenseManager, "licenses");
                break;
            default:
                break;
        }
    }

    private void Raise(ManagedObjectReference reference, params ReadOnlySpan<string?> names)
    {
        if (Changed is not { } changed)
            return;
        foreach (var name in names)
            changed(reference, name);
    }
}

/// <summary>The one datacenter.</summary>
internal sealed class DatacenterPlace
{
    public static DatacenterPlace Instance { get; } = new();
}

/// <summary>A cluster's root resource pool.</summary>
internal sealed record PoolPlace(LabCluster Cluster);

/// <summary>A snapshot and the machine it is of.</summary>
internal sealed record SnapshotPlace(LabMachine Machine, LabSnapshot Snapshot);
