using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Lab.VCenter.Tasks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>Maintenance mode: DRS moves the running machines away, two at a time; what cannot be moved is waited for.</summary>
internal sealed class HostMaintenance(OperationContext context)
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    public static void Register(LabOperations operations, OperationContext context)
    {
        var family = new HostMaintenance(context);
        operations.Add<EnterMaintenanceModeTaskRequest>("EnterMaintenanceMode_Task", family.Enter);
        operations.Add<ExitMaintenanceModeTaskRequest>("ExitMaintenanceMode_Task", family.Exit);
    }

    private ManagedObjectReference Enter(LabCall call, EnterMaintenanceModeTaskRequest request)
    {
        var host = context.Host(request.Self);
        if (request.Timeout < 0)
            throw OperationFaults.InvalidArgument("timeout");
        var timeout = request.Timeout is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
        return context.OnHost(call, request, "HostSystem.enterMaintenanceMode", host, run => EnterAsync(run, host, call.Account.User, timeout, request.EvacuatePoweredOffVms == true), cancelable: true);
    }

    private ManagedObjectReference Exit(LabCall call, ExitMaintenanceModeTaskRequest request)
    {
        var host = context.Host(request.Self);
        return context.OnHost(call, request, "HostSystem.exitMaintenanceMode", host, async run =>
        {
            lock (context.Estate.Gate)
            {
                OperationContext.DemandConnected(host);
                if (!host.InMaintenanceMode)
                    throw OperationFaults.InvalidState();
            }

            await run.PassAsync(TimeSpan.FromSeconds(4)).ConfigureAwait(false);
            lock (context.Estate.Gate)
            {
                host.InMaintenanceMode = false;
                context.Estate.Touch(host);
                context.Inventory.Events.Add(new ExitMaintenanceModeEvent(), host, call.Account.User, $"Host {host.Name} in {context.Inventory.VCenter.Datacenter} has exited maintenance mode");
            }

            return null;
        });
    }

    private async Task<object?> EnterAsync(TaskRun run, LabHost host, string user, TimeSpan timeout, bool evacuatePoweredOff)
    {
        var estate = context.Estate;
        lock (estate.Gate)
        {
            OperationContext.DemandConnected(host);
            if (host.InMaintenanceMode)
                throw OperationFaults.InvalidState();
            host.EnteringMaintenanceMode = true;
            estate.Touch(host);
            context.Inventory.Events.Add(new EnteringMaintenanceModeEvent(), host, user, $"Host {host.Name} in {context.Inventory.VCenter.Datacenter} has started to enter maintenance mode");
        }

        try
        {
            await EvacuateAsync(run, host, timeout, evacuatePoweredOff).ConfigureAwait(false);
            await run.DelayAsync(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
            lock (estate.Gate)
            {
                OperationContext.DemandConnected(host);
                host.InMaintenanceMode = true;
                context.Inventory.Events.Add(new EnteredMaintenanceModeEvent(), host, user, $"Host {host.Name} in {context.Inventory.VCenter.Datacenter} has entered maintenance mode");
            }
        }
        finally
        {
            lock (estate.Gate)
            {
                host.EnteringMaintenanceMode = false;
                estate.Touch(host);
            }
        }

        return null;
    }

    private async Task EvacuateAsync(TaskRun run, LabHost host, TimeSpan timeout, bool evacuatePoweredOff)
    {
        var estate = context.Estate;
        var began = estate.Clock.Elapsed;
        var most = 0;
        while (true)
        {
            int left;
            lock (estate.Gate)
            {
                OperationContext.DemandConnected(host);
                var staying = context.Inventory.Whereabouts.On(host).Where(machine => machine.PowerState == "poweredOn" || (evacuatePoweredOff && !machine.IsTemplate)).ToList();
                left = staying.Count;
                most = Math.Max(most, left);
                if (left == 0)
                    return;
                if (timeout > TimeSpan.Zero && estate.Clock.Elapsed - began >= timeout)
                    throw OperationFaults.Timedout();
                if (Placement.IsAutomatic(host.Cluster))
                    StartSome(run, staying);
            }

            run.Progress(2 + 96 * (most - left) / most);
            await run.DelayAsync(Look).ConfigureAwait(false);
        }
    }

    /// <summary>DRS moves the small ones first, as many at a time as the host does.</summary>
    private void StartSome(TaskRun run, List<LabMachine> staying)
    {
        var moving = staying.Count(context.Tasks.IsBusy);
        foreach (var machine in staying.OrderBy(machine => machine.MemoryMb))
        {
            if (moving >= AtOnce)
                return;
            if (context.Tasks.IsBusy(machine) || (machine.PowerState == "poweredOn" && machine.PinnedBecause is not null) || Placement.Choose(context.Estate, machine) is not { } target)
                continue;
            moving++;
            context.Tasks.Begin(
                new TaskModel("Drm.ExecuteVMotionLRO", "Drm.ExecuteVMotionLRO", machine.Reference(), Refs.Escaped(machine.Name), User: null) { Parent = run.Task },
                machine,
                move => Moves.MoveAsync(context, move, machine, target, user: null));
        }
    }
}
