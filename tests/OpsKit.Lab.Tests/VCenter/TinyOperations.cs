using OpsKit.Lab.VCenter;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

/// <summary>Knows how to power machines off, and nothing else.</summary>
internal sealed class TinyOperations(TinyInventory inventory) : ILabOperations
{
    public bool Knows(string operation) => operation == "PowerOffVM_Task";

    public Task<object?> InvokeAsync(LabCall call, VimRequest request)
    {
        lock (call.Estate.Gate)
        {
            var machine = call.Estate.Machines.Single(machine => machine.Id == request.Self.Value);
            if (machine.PowerState == "poweredOff")
            {
                throw new LabFaultException(
                    new InvalidPowerState { RequestedState = VirtualMachinePowerState.PoweredOff, ExistingState = VirtualMachinePowerState.PoweredOff },
                    "The attempted operation cannot be performed in the current state (Powered off).");
            }

            machine.PowerState = "poweredOff";
            inventory.Raise(request.Self, "runtime");
            return Task.FromResult<object?>(new ManagedObjectReference("Task", "task-1"));
        }
    }
}
