using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Tasks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>Switching machines on and off, suspending, resetting, and what goes through the guest.</summary>
internal sealed class MachinePower(OperationContext context)
{
    private static readonly TimeSpan GuestShutdown = TimeSpan.FromSeconds(20);

    public static void Register(LabOperations operations, OperationContext context)
    {
        var family = new MachinePower(context);
        operations.Add<PowerOnVMTaskRequest>("PowerOnVM_Task", family.On);
        operations.Add<PowerOffVMTaskRequest>("PowerOffVM_Task", (call, request) => family.From(call, request, "VirtualMachine.powerOff", "poweredOff", TimeSpan.FromSeconds(2), ["poweredOn", "suspended"], family.BecomeOff));
        operations.Add<SuspendVMTaskRequest>("SuspendVM_Task", (call, request) => family.From(call, request, "VirtualMachine.suspend", "suspended", TimeSpan.FromSeconds(8), ["poweredOn"], family.BecomeSuspended));
        operations.Add<ResetVMTaskRequest>("ResetVM_Task", (call, request) => family.From(call, request, "VirtualMachine.reset", "poweredOn", TimeSpan.FromSeconds(2), ["poweredOn"], family.BecomeReset));
        operations.Add<ShutdownGuestRequest>("ShutdownGuest", (call, request) => family.Guest(request, machine => family.BecomeOff(machine, call.Account.User)));
        operations.Add<RebootGuestRequest>("RebootGuest", (call, request) => family.Guest(request, machine => family.BecomeReset(machine, call.Account.User)));
        operations.Add<RefreshStorageInfoRequest>("RefreshStorageInfo", (_, request) =>
        {
            context.Estate.Touch(context.Machine(request.Self));
            return null;
        });
    }

    private ManagedObjectReference On(LabCall call, PowerOnVMTaskRequest request)
    {
        var machine = context.Machine(request.Self);
        var wanted = request.Host is { } reference ? context.Host(reference) : null;
        return context.OnMachine(call, request, "VirtualMachine.powerOn", machine, async run =>
        {
            LabHost host;
            lock (context.Estate.Gate)
            {
                if (machine.IsTemplate)
                    throw OperationFaults.NotSupported($"{machine.Name} is a template");
                if (machine.PowerState == "poweredOn")
                    throw OperationFaults.InvalidPowerState(machine, "poweredOn");
                host = Where(machine, wanted);
            }

            await run.PassAsync(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
            context.Change(machine, () => BecomeOn(machine, host, call.Account.User));
            return null;
        });
    }

    /// <summary>Where it is, or where DRS puts it if that host takes no machines.</summary>
    private LabHost Where(LabMachine machine, LabHost? wanted)
    {
        if (wanted is not null)
        {
            Moves.Demand(machine, wanted);
            return wanted;
        }

        if (Placement.TakesMachines(machine.Host))
            return machine.Host;
        if (machine.Host.ConnectionState != "connected")
            throw OperationFaults.HostNotConnected(machine.Host);
        if (!machine.Host.Cluster.DrsEnabled)
            throw OperationFaults.InvalidState($"Host '{machine.Host.Name}' is in or enters maintenance mode.");
        return Placement.Choose(context.Estate, machine) ?? throw OperationFaults.NoCompatibleHost(machine);
    }

    private ManagedObjectReference From(
        LabCall call, VimRequest request, string descriptionId, string requested, TimeSpan time, IReadOnlyList<string> states, Action<LabMachine, string> become)
    {
        var machine = context.Machine(request.Self);
        return context.OnMachine(call, request, descriptionId, machine, async run =>
        {
            lock (context.Estate.Gate)
            {
                OperationContext.DemandConnected(machine.Host);
                if (!states.Contains(machine.PowerState))
                    throw OperationFaults.InvalidPowerState(machine, requested);
            }

            await run.PassAsync(time).ConfigureAwait(false);
            context.Change(machine, () => become(machine, call.Account.User));
            return null;
        });
    }

    /// <summary>Through VMware Tools: the answer comes at once, the guest takes its time.</summary>
    private object? Guest(VimRequest request, Action<LabMachine> then)
    {
        var machine = context.Machine(request.Self);
        OperationContext.DemandConnected(machine.Host);
        if (machine.PowerState != "poweredOn")
            throw OperationFaults.InvalidPowerState(machine, "poweredOn");
        if (context.Tasks.IsBusy(machine))
            throw OperationFaults.InvalidState();
        if (!machine.ToolsRunning)
            throw new LabFaultException(new ToolsUnavailable(), "Cannot complete operation because VMware Tools is not running in this virtual machine.");
        _ = LaterAsync(machine, then);
        return null;
    }

    private async Task LaterAsync(LabMachine machine, Action<LabMachine> then)
    {
        try
        {
            await Task.Delay(GuestShutdown, context.Estate.Clock, context.Tasks.Stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (context.Estate.Gate)
        {
            if (machine.PowerState != "poweredOn")
                return;
            then(machine);
            context.Estate.Touch(machine);
        }
    }

    private void BecomeOn(LabMachine machine, LabHost host, string user)
    {
        var from = machine.Host;
        machine.Host = host;
        machine.PowerState = "poweredOn";
        machine.BootTime = context.Estate.Clock.GetUtcNow();
        machine.SuspendTime = null;
        machine.ToolsRunning = true;
        foreach (var nic in machine.Nics)
            nic.Connected = true;
        ChangeTracking.Stun(context.Estate, machine);
        context.Estate.Touch(host);
        if (from != host)
            context.Estate.Touch(from);
        context.Inventory.Events.Add(new VmPoweredOnEvent(), machine, user, $"{machine.Name} on {host.Name} in {context.Inventory.VCenter.Datacenter} is powered on");
    }

    private void BecomeOff(LabMachine machine, string user)
    {
        machine.PowerState = "poweredOff";
        machine.BootTime = null;
        machine.SuspendTime = null;
        machine.ToolsRunning = false;
        context.Estate.Touch(machine.Host);
        context.Inventory.Events.Add(new VmPoweredOffEvent(), machine, user, $"{machine.Name} on {machine.Host.Name} in {context.Inventory.VCenter.Datacenter} is powered off");
    }

    private void BecomeSuspended(LabMachine machine, string user)
    {
        machine.PowerState = "suspended";
        machine.SuspendTime = context.Estate.Clock.GetUtcNow();
        context.Estate.Touch(machine.Host);
        context.Inventory.Events.Add(new VmSuspendedEvent(), machine, user, $"{machine.Name} on {machine.Host.Name} in {context.Inventory.VCenter.Datacenter} is suspended");
    }

    private void BecomeReset(LabMachine machine, string user)
    {
        machine.BootTime = context.Estate.Clock.GetUtcNow();
        context.Inventory.Events.Add(new VmResettingEvent(), machine, user, $"{machine.Name} on {machine.Host.Name} in {context.Inventory.VCenter.Datacenter} is reset");
    }
}
