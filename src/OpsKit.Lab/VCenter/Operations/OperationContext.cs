using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Lab.VCenter.Performance;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Lab.VCenter.Tasks;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>What the families of operations share.</summary>
/// <param name="estate">The lab.</param>
/// <param name="inventory">Its objects, as the vCenter has them.</param>
/// <param name="tasks">Runs what takes time.</param>
/// <param name="hintsOneByOne">Hosts that are to be asked for the neighbours of one NIC at a time, besides those that are made so.</param>
internal sealed class OperationContext(LabEstate estate, LabInventory inventory, TaskRunner tasks, Predicate<LabHost>? hintsOneByOne)
{
    public LabEstate Estate => estate;

    public LabInventory Inventory => inventory;

    public TaskRunner Tasks => tasks;

    public LimitHistory Limits { get; } = new();

    public bool HintsOneByOne(LabHost host) => host.HintsOneByOne || hintsOneByOne?.Invoke(host) == true;

    public LabHost Host(ManagedObjectReference reference) => inventory.Resolve(reference.Value) as LabHost ?? throw VimFaults.ObjectNotFound(reference);

    public LabMachine Machine(ManagedObjectReference reference) => inventory.Resolve(reference.Value) as LabMachine ?? throw VimFaults.ObjectNotFound(reference);

    public LabDatastore Datastore(ManagedObjectReference reference) => inventory.Resolve(reference.Value) as LabDatastore ?? throw VimFaults.ObjectNotFound(reference);

    public SnapshotPlace Snapshot(ManagedObjectReference reference) => inventory.Resolve(reference.Value) as SnapshotPlace ?? throw VimFaults.ObjectNotFound(reference);

    /// <summary>The host that a manager such as <c>networkSystem-21</c> is of.</summary>
    public LabHost HostOf(ManagedObjectReference system) => (inventory.Resolve(system.Value) as ManagerPlace)?.Host ?? throw VimFaults.ObjectNotFound(system);

    /// <summary>Refuses a caller that lacks the privilege.</summary>
    public static void Demand(LabCall call, ManagedObjectReference self, string privilege)
    {
        if (call.Account.Privileges is { } held && !held.Contains(privilege))
            throw OperationFaults.NoPermission(self, privilege);
    }

    /// <summary>Begins a task on a machine.</summary>
    public ManagedObjectReference OnMachine(LabCall call, VimRequest request, string descriptionId, LabMachine machine, Func<TaskRun, Task<object?>> work, bool cancelable = false) =>
        tasks.Begin(new TaskModel(request.Operation, descriptionId, machine.Reference(), Refs.Escaped(machine.Name), call.Account.User, cancelable), machine, work).Reference;

    /// <summary>Begins a task on a host.</summary>
    public ManagedObjectReference OnHost(LabCall call, VimRequest request, string descriptionId, LabHost host, Func<TaskRun, Task<object?>> work, bool cancelable = false) =>
        tasks.Begin(new TaskModel(request.Operation, descriptionId, host.Reference(), Refs.Escaped(host.Name), call.Account.User, cancelable), host, work).Reference;

    /// <summary>Changes the estate under the gate and tells of the machine.</summary>
    public void Change(LabMachine machine, Action change)
    {
        lock (estate.Gate)
        {
            change();
            estate.Touch(machine);
        }
    }

    /// <summary>A host that vCenter cannot reach does nothing.</summary>
    public static void DemandConnected(LabHost host)
    {
        if (host.ConnectionState != "connected" || !host.PoweredOn)
            throw OperationFaults.HostNotConnected(host);
    }

    /// <summary>The machine is configured otherwise than before.</summary>
    public void Modified(LabMachine machine)
    {
        machine.Modified = estate.Clock.GetUtcNow();
        machine.ChangeVersion++;
    }
}
