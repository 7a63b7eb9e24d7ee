using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Lab.VCenter.Tasks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>Migration of machines to other hosts and of their disks to other datastores.</summary>
internal sealed class MachineMigration(OperationContext context)
{
    private const long BytesPerSecond = 400L << 20;

    public static void Register(LabOperations operations, OperationContext context)
    {
        var family = new MachineMigration(context);
        operations.Add<MigrateVMTaskRequest>("MigrateVM_Task", family.Migrate);
        operations.Add<RelocateVMTaskRequest>("RelocateVM_Task", family.Relocate);
    }

    private ManagedObjectReference Migrate(LabCall call, MigrateVMTaskRequest request)
    {
        var machine = context.Machine(request.Self);
        OperationContext.Demand(call, request.Self, machine.PowerState == "poweredOn" ? "Resource.HotMigrate" : "Resource.ColdMigrate");
        if (request is { Host: null, Pool: null })
            throw OperationFaults.InvalidArgument("host");
        var host = request.Host is { } reference ? context.Host(reference) : null;
        return context.OnMachine(call, request, "VirtualMachine.migrate", machine, run =>
        {
            LabHost target;
            lock (context.Estate.Gate)
            {
                if (machine.IsTemplate)
                    throw OperationFaults.NotSupported($"{machine.Name} is a template");
                if (request.State is { } state && state.Value != machine.PowerState)
                    throw OperationFaults.InvalidPowerState(machine, state.Value);
                target = host ?? Placement.Choose(context.Estate, machine) ?? throw OperationFaults.NoCompatibleHost(machine);
            }

            return Moves.MoveAsync(context, run, machine, target, call.Account.User);
        }, cancelable: true);
    }

    private ManagedObjectReference Relocate(LabCall call, RelocateVMTaskRequest request)
    {
        var machine = context.Machine(request.Self);
        var spec = request.Spec ?? throw OperationFaults.InvalidArgument("spec");
        var host = spec.Host is { } reference ? context.Host(reference) : null;
        var targets = Targets(machine, spec);
        if (machine.PowerState == "poweredOn" && host is not null)
            OperationContext.Demand(call, request.Self, "Resource.HotMigrate");
        return context.OnMachine(call, request, "VirtualMachine.relocate", machine, run => RelocateAsync(run, machine, host, targets, call.Account.User), cancelable: true);
    }

    private Dictionary<LabDisk, LabDatastore> Targets(LabMachine machine, VirtualMachineRelocateSpec spec)
    {
        var targets = new Dictionary<LabDisk, LabDatastore>();
        if (spec.Datastore is { } all)
        {
            foreach (var disk in machine.Disks)
                targets[disk] = context.Datastore(all);
        }

        foreach (var locator in spec.Disk)
        {
            var disk = machine.Disks.Find(disk => disk.Key == locator.DiskId) ?? throw OperationFaults.InvalidArgument("spec.disk.diskId");
            targets[disk] = context.Datastore(locator.Datastore ?? throw OperationFaults.InvalidArgument("spec.disk.datastore"));
        }

        return targets;
    }

    private async Task<object?> RelocateAsync(TaskRun run, LabMachine machine, LabHost? host, Dictionary<LabDisk, LabDatastore> targets, string user)
    {
        List<KeyValuePair<LabDisk, LabDatastore>> moves;
        lock (context.Estate.Gate)
        {
            OperationContext.DemandConnected(machine.Host);
            moves = [.. targets.Where(pair => pair.Key.Datastore != pair.Value)];
            foreach (var group in moves.GroupBy(pair => pair.Value))
            {
                if (!group.Key.Hosts.Contains(host ?? machine.Host))
                    throw OperationFaults.CannotRunThere(machine, $"Datastore '{group.Key.Name}' is not accessible on '{(host ?? machine.Host).Name}'.");
                if (group.Sum(pair => MachineFiles.Used(pair.Key)) > group.Key.FreeBytes)
                    throw OperationFaults.NoSpace(group.Key, machine.Disks[0].FileName);
            }
        }

        if (moves.Count > 0)
            await run.PassAsync(TimeSpan.FromSeconds(5 + moves.Sum(pair => MachineFiles.Used(pair.Key)) / (double)BytesPerSecond), 0, 90).ConfigureAwait(false);
        context.Change(machine, () =>
        {
            foreach (var (disk, datastore) in moves)
                Move(disk, datastore);
            if (moves.Count > 0 && machine.PowerState == "poweredOn")
                ChangeTracking.Stun(context.Estate, machine);
            context.Inventory.Whereabouts.Forget();
        });
        return host is not null && host != machine.Host ? await Moves.MoveAsync(context, run, machine, host, user).ConfigureAwait(false) : null;
    }

    private void Move(LabDisk disk, LabDatastore datastore)
    {
        disk.Datastore.FreeBytes += MachineFiles.Used(disk);
        datastore.FreeBytes -= MachineFiles.Used(disk);
        context.Estate.Touch(disk.Datastore);
        context.Estate.Touch(datastore);
        disk.FileName = $"[{datastore.Name}]{disk.FileName[(disk.FileName.IndexOf(']', StringComparison.Ordinal) + 1)..]}";
        disk.Datastore = datastore;
    }
}
