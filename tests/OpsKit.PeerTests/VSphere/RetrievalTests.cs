using OpsKit.TestKit;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.PeerTests.VSphere;

public sealed class RetrievalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_virtual_machines_are_read_with_three_calls()
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "7");
        await using var session = await server.OpenAsync(Ct);
        await server.ResetAsync();

        var machines = await session.Properties.RetrieveAsync(
            PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name, VirtualMachineProperties.RuntimePowerState, VirtualMachineProperties.ConfigHardwareDevice),
            Ct).ToListAsync(Ct);

        machines.Count.ShouldBe(14);
        machines.ShouldAllBe(vm => vm.Get(VirtualMachineProperties.Name)!.StartsWith("DC0_"));
        machines.ShouldAllBe(vm => vm.Get(VirtualMachineProperties.RuntimePowerState) == VirtualMachinePowerState.PoweredOn);
        machines.ShouldAllBe(vm => vm.Get(VirtualMachineProperties.ConfigHardwareDevice)!.OfType<VirtualDisk>().Any());
        (await server.CallsAsync()).ShouldBe(["CreateContainerView", "RetrievePropertiesEx", "DestroyView"]);
    }
}
