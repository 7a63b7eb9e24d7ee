using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Lab.VCenter.Tasks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>Snapshots: making, removing, going back to, consolidating. Each stuns a machine that runs.</summary>
internal sealed class SnapshotOperations(OperationContext context)
{
    private const int MostLevels = 32;

    public static void Register(LabOperations operations, OperationContext context)
    {
        var family = new SnapshotOperations(context);
        operations.Add<CreateSnapshotTaskRequest>("CreateSnapshot_Task", (call, request) => family.Create(call, request, new SnapshotWish(request.Name, request.Description, request.Memory == true, request.Quiesce == true)));
        operations.Add<CreateSnapshotExTaskRequest>("CreateSnapshotEx_Task", (call, request) => family.Create(call, request, new SnapshotWish(request.Name, request.Description, request.Memory == true, request.QuiesceSpec is not null)));
        operations.Add<RemoveSnapshotTaskRequest>("RemoveSnapshot_Task", family.Remove);
        operations.Add<RemoveAllSnapshotsTaskRequest>("RemoveAllSnapshots_Task", family.RemoveAll);
        operations.Add<RevertToSnapshotTaskRequest>("RevertToSnapshot_Task", family.Revert);
        operations.Add<RevertToCurrentSnapshotTaskRequest>("RevertToCurrentSnapshot_Task", family.RevertToCurrent);
        operations.Add<ConsolidateVMDisksTaskRequest>("ConsolidateVMDisks_Task", family.Consolidate);
        operations.Add<RenameSnapshotRequest>("RenameSnapshot", (_, request) => family.Rename(request));
    }

    private ManagedObjectReference Create(LabCall call, VimRequest request, SnapshotWish wish)
    {
        var machine = context.Machine(request.Self);
        if (wish.Name is not { Length: > 0 and <= 80 } name)
            throw new LabFaultException(new InvalidName { Name = wish.Name ?? "", Entity = request.Self }, $"The name '{wish.Name}' is invalid.");
        return context.OnMachine(call, request, "VirtualMachine.createSnapshot", machine, async run =>
        {
            lock (context.Estate.Gate)
                Check(machine, wish);
            var memory = wish.Memory && machine.PowerState == "poweredOn";
            await run.PassAsync(TimeSpan.FromSeconds(2 + (wish.Quiesce ? 4 : 0) + (memory ? machine.MemoryMb / 500.0 : 0))).ConfigureAwait(false);
            LabSnapshot? made = null;
            context.Change(machine, () => made = Make(machine, wish, name, memory));
            return made!.Reference();
        }, cancelable: true);
    }

    private static void Check(LabMachine machine, SnapshotWish wish)
    {
        OperationContext.DemandConnected(machine.Host);
        if (machine.IsTemplate)
            throw OperationFaults.NotSupported($"{machine.Name} is a template");
        if (machine.FaultToleranceState != "notConfigured")
            throw OperationFaults.NotSupported($"{machine.Name} is protected by fault tolerance");
        if (Depth(machine.CurrentSnapshot) >= MostLevels)
            throw new LabFaultException(new TooManySnapshotLevels(), $"Snapshot is not supported: the snapshot tree of '{machine.Name}' is {MostLevels} levels deep.");
        if (machine.PowerState != "poweredOn")
            return;
        if (wish.Memory && machine.Disks.Exists(disk => disk.DiskMode.StartsWith("independent", StringComparison.Ordinal)))
            throw new LabFaultException(new MemorySnapshotOnIndependentDisk(), "Cannot take a memory snapshot, since the virtual machine is configured with independent disks.");
        if (wish.Quiesce && !machine.ToolsRunning)
            throw new LabFaultException(new ApplicationQuiesceFault(), "An error occurred while quiescing the virtual machine: VMware Tools is not running in it.");
        if (machine.Disks.Exists(disk => disk.PhysicalRdm))
            throw new LabFaultException(new SnapshotIncompatibleDeviceInVm { Fault = new LocalizedMethodFault { Fault = new NotSupported() } }, $"Cannot take a snapshot of '{machine.Name}', since it has a device that is incompatible with it.");
    }

    private LabSnapshot Make(LabMachine machine, SnapshotWish wish, string name, bool memory)
    {
        ChangeTrackingOf(machine);
        var snapshot = new LabSnapshot
        {
            Id = $"snapshot-{context.Estate.NextId()}",
            Name = name,
            Description = wish.Description ?? "",
            Created = context.Estate.Clock.GetUtcNow(),
            Quiesced = wish.Quiesce && machine.PowerState == "poweredOn",
            PowerState = memory ? "poweredOn" : machine.PowerState == "suspended" ? "suspended" : "poweredOff",
            Parent = machine.CurrentSnapshot,
            WithMemory = memory,
            Disks = [.. machine.Disks.Select(disk => disk.Copy())],
        };
        foreach (var disk in machine.Disks.Where(disk => disk.ChangeId is not null))
            disk.ChangeId = ChangeIds.Next(disk.ChangeId!);
        (machine.CurrentSnapshot?.Children ?? machine.Snapshots).Add(snapshot);
        machine.CurrentSnapshot = snapshot;
        context.Estate.Touch(new SnapshotPlace(machine, snapshot));
        return snapshot;
    }

    /// <summary>Only a running machine is stunned by a snapshot; one that is suspended stays as it is.</summary>
    private void ChangeTrackingOf(LabMachine machine)
    {
        if (machine.PowerState != "poweredOn")
            return;
        ChangeTracking.Stun(context.Estate, machine);
        machine.StunnedUntil = context.Estate.Clock.Elapsed + StunOf(machine);
    }

    private ManagedObjectReference Remove(LabCall call, RemoveSnapshotTaskRequest request)
    {
        var (machine, snapshot) = context.Snapshot(request.Self);
        return context.OnMachine(call, request, "vm.Snapshot.remove", machine, async run =>
        {
            await run.PassAsync(RemovalTime(machine, request.RemoveChildren == true ? SnapshotTree.Branch(snapshot).Count() : 1)).ConfigureAwait(false);
            context.Change(machine, () =>
            {
                OperationContext.DemandConnected(machine.Host);
                Take(machine, snapshot, request.RemoveChildren == true);
                Finish(machine, request.Consolidate != false);
            });
            return null;
        });
    }

    private ManagedObjectReference RemoveAll(LabCall call, RemoveAllSnapshotsTaskRequest request)
    {
        var machine = context.Machine(request.Self);
        return context.OnMachine(call, request, "VirtualMachine.removeAllSnapshots", machine, async run =>
        {
            await run.PassAsync(RemovalTime(machine, SnapshotTree.All(machine).Count())).ConfigureAwait(false);
            context.Change(machine, () =>
            {
                OperationContext.DemandConnected(machine.Host);
                foreach (var root in machine.Snapshots.ToList())
                    Take(machine, root, withChildren: true);
                Finish(machine, request.Consolidate != false);
            });
            return null;
        });
    }

    /// <summary>Two seconds, and half a second for each disk and snapshot; thrice that on NFS, where machines freeze for a while.</summary>
    private static TimeSpan RemovalTime(LabMachine machine, int snapshots) => TimeSpan.FromSeconds(
        (2 + 0.5 * machine.Disks.Count * snapshots) * (machine.PowerState == "poweredOn" && machine.Disks.Exists(disk => DatastoreView.IsNfs(disk.Datastore)) ? 3 : 1));

    /// <summary>How long a machine stands still: 300 ms, and a tenth of a second for each disk; thrice that on NFS.</summary>
    private static TimeSpan StunOf(LabMachine machine) =>
        TimeSpan.FromMilliseconds((300 + (100 * machine.Disks.Count)) * (machine.Disks.Exists(disk => DatastoreView.IsNfs(disk.Datastore)) ? 3 : 1));

    private void Take(LabMachine machine, LabSnapshot snapshot, bool withChildren)
    {
        var gone = withChildren ? SnapshotTree.Branch(snapshot).ToList() : [snapshot];
        var siblings = snapshot.Parent?.Children ?? machine.Snapshots;
        siblings.Remove(snapshot);
        if (!withChildren)
        {
            foreach (var child in snapshot.Children)
                child.Parent = snapshot.Parent;
            siblings.AddRange(snapshot.Children);
        }

        if (machine.CurrentSnapshot is { } current && gone.Contains(current))
            machine.CurrentSnapshot = snapshot.Parent;
        foreach (var each in gone)
            context.Estate.Touch(new SnapshotPlace(machine, each));
    }

    private void Finish(LabMachine machine, bool consolidate)
    {
        machine.ConsolidationNeeded |= !consolidate;
        ChangeTrackingOf(machine);
        foreach (var datastore in machine.Disks.Select(disk => disk.Datastore).Distinct())
            context.Estate.Touch(datastore);
    }

    private ManagedObjectReference Consolidate(LabCall call, ConsolidateVMDisksTaskRequest request)
    {
        var machine = context.Machine(request.Self);
        return context.OnMachine(call, request, "VirtualMachine.consolidateDisks", machine, async run =>
        {
            lock (context.Estate.Gate)
                OperationContext.DemandConnected(machine.Host);
            await run.PassAsync(RemovalTime(machine, 1)).ConfigureAwait(false);
            context.Change(machine, () =>
            {
                machine.ConsolidationNeeded = false;
                ChangeTrackingOf(machine);
            });
            return null;
        });
    }

    private ManagedObjectReference Revert(LabCall call, RevertToSnapshotTaskRequest request)
    {
        var (machine, snapshot) = context.Snapshot(request.Self);
        return context.OnMachine(call, request, "vm.Snapshot.revert", machine, run => RevertAsync(run, machine, snapshot, request.SuppressPowerOn == true));
    }

    private ManagedObjectReference RevertToCurrent(LabCall call, RevertToCurrentSnapshotTaskRequest request)
    {
        var machine = context.Machine(request.Self);
        return context.OnMachine(call, request, "VirtualMachine.revertToCurrentSnapshot", machine, run => RevertAsync(
            run, machine, machine.CurrentSnapshot ?? throw OperationFaults.NotFound($"{machine.Name} has no current snapshot"), request.SuppressPowerOn == true));
    }

    private async Task<object?> RevertAsync(TaskRun run, LabMachine machine, LabSnapshot snapshot, bool suppressPowerOn)
    {
        lock (context.Estate.Gate)
            OperationContext.DemandConnected(machine.Host);
        await run.PassAsync(TimeSpan.FromSeconds(4)).ConfigureAwait(false);
        context.Change(machine, () =>
        {
            machine.CurrentSnapshot = snapshot;
            if (snapshot.Disks.Count > 0)
            {
                machine.Disks.Clear();
                machine.Disks.AddRange(snapshot.Disks.Select(disk => disk.Copy()));
            }

            machine.PowerState = suppressPowerOn && snapshot.PowerState == "poweredOn" ? "suspended" : snapshot.PowerState;
            machine.BootTime = machine.PowerState == "poweredOn" ? context.Estate.Clock.GetUtcNow() : null;
            machine.ToolsRunning = machine.PowerState == "poweredOn";
            ChangeTracking.Reset(context.Estate, machine);
            context.Modified(machine);
        });
        return null;
    }

    private object? Rename(RenameSnapshotRequest request)
    {
        var (machine, snapshot) = context.Snapshot(request.Self);
        if (request.Name is { Length: 0 or > 80 } name)
            throw new LabFaultException(new InvalidName { Name = name, Entity = request.Self }, $"The name '{name}' is invalid.");
        snapshot.Name = request.Name ?? snapshot.Name;
        snapshot.Description = request.Description ?? snapshot.Description;
        context.Estate.Touch(machine);
        return null;
    }

    private static int Depth(LabSnapshot? snapshot)
    {
        var depth = 0;
        for (; snapshot is not null; snapshot = snapshot.Parent)
            depth++;
        return depth;
    }

    private sealed record SnapshotWish(string? Name, string? Description, bool Memory, bool Quiesce);
}
