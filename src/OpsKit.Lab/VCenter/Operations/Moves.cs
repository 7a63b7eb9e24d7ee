using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Tasks;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>Moving machines between hosts.</summary>
internal static class Moves
{
    /// <summary>Four seconds and a sixth of one for each GB of memory, as over a 10 Gb link; one second where it does not run.</summary>
    public static TimeSpan TimeFor(LabMachine machine) =>
        machine.PowerState == "poweredOn" ? TimeSpan.FromSeconds(4 + machine.MemoryMb / 1024.0 / 6) : TimeSpan.FromSeconds(1);

    /// <summary>Moves a machine; it is stunned for a moment at the end. DRS moves where no user does.</summary>
    public static async Task<object?> MoveAsync(OperationContext context, TaskRun run, LabMachine machine, LabHost target, string? user)
    {
        TimeSpan time;
        lock (context.Estate.Gate)
        {
            Demand(machine, target);
            time = TimeFor(machine);
        }

        await run.PassAsync(time).ConfigureAwait(false);
        lock (context.Estate.Gate)
        {
            Demand(machine, target, isUnderWay: true);
            var from = machine.Host;
            machine.Host = target;
            if (machine.PowerState == "poweredOn")
                ChangeTracking.Stun(context.Estate, machine);
            Tell(context, machine, from, user);
        }

        return null;
    }

    /// <exception cref="LabFaultException">The machine cannot go there.</exception>
    public static void Demand(LabMachine machine, LabHost target, bool isUnderWay = false)
    {
        OperationContext.DemandConnected(machine.Host);
        OperationContext.DemandConnected(target);
        if (target.InMaintenanceMode || (target.EnteringMaintenanceMode && !isUnderWay))
            throw OperationFaults.InvalidState($"Host '{target.Name}' is in or enters maintenance mode.");
        if (machine is { PowerState: "poweredOn", PinnedBecause: { } why } && target != machine.Host)
            throw OperationFaults.CannotRunThere(machine, $"Virtual machine '{machine.Name}' cannot be migrated while it runs: {why}.");
        if (Placement.Obstacle(machine, target) is { } obstacle)
            throw OperationFaults.CannotRunThere(machine, obstacle);
    }

    private static void Tell(OperationContext context, LabMachine machine, LabHost from, string? user)
    {
        context.Estate.Touch(machine);
        context.Estate.Touch(from);
        context.Estate.Touch(machine.Host);
        var source = new HostEventArgument { Name = from.Name, Host = from.Reference() };
        var message = $"{(user is null ? "DRS migrated" : "Migration of virtual machine")} {machine.Name} from {from.Name} to {machine.Host.Name} in cluster {machine.Host.Cluster.Name}{(user is null ? "" : " completed")}";
        context.Inventory.Events.Add(user is null ? new DrsVmMigratedEvent { SourceHost = source } : new VmMigratedEvent { SourceHost = source }, machine, user, message);
    }
}
