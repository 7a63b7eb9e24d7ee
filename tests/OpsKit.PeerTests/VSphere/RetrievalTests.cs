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

    [Fact]
    public async Task Server_that_does_not_page_sends_all_machines_once_and_leaves_no_view()
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "75");
        await using var session = await server.OpenAsync(Ct);
        await server.ResetAsync();

        var machines = await session.Properties.RetrieveAsync(
            PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name) with { PageSize = 50 }, Ct).ToListAsync(Ct);

        machines.Count.ShouldBe(150);
        machines.Select(machine => machine.Reference).ShouldBeUnique();
        machines.Select(machine => machine.Get(VirtualMachineProperties.Name)).ShouldBeUnique();
        var calls = await server.CallsAsync();
        calls.Count.ShouldBeLessThanOrEqualTo(5);
        calls.Count(call => call == "DestroyView").ShouldBe(1);
    }

    [Fact]
    public async Task Consumer_that_stops_early_leaves_no_view()
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "75");
        await using var session = await server.OpenAsync(Ct);
        await server.ResetAsync();

        await foreach (var machine in session.Properties.RetrieveAsync(PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name), Ct))
            break;

        (await server.CallsAsync()).ShouldBe(["CreateContainerView", "RetrievePropertiesEx", "DestroyView"]);
    }

    [Fact]
    public async Task Path_that_the_server_does_not_know_is_missing_and_the_rest_comes()
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "2");
        await using var session = await server.OpenAsync(Ct);
        var strange = new PropertyPath<string>("VirtualMachine", "config.noSuchThing");

        var machines = await session.Properties.RetrieveAsync(PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name, strange), Ct).ToListAsync(Ct);

        machines.Count.ShouldBe(4);
        machines.ShouldAllBe(machine => machine.Has(VirtualMachineProperties.Name));
        machines.ShouldAllBe(machine => machine.Missing.Single().Path == "config.noSuchThing");
    }

    [Fact]
    public async Task Machine_that_does_not_exist_is_told_and_the_others_come()
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "2");
        await using var session = await server.OpenAsync(Ct);
        var known = await session.Properties.RetrieveAsync(PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name), Ct).Select(machine => machine.Reference).ToListAsync(Ct);
        var gone = new ManagedObjectReference("VirtualMachine", "vm-9999");

        var found = await session.Properties.RetrieveAsync(PropertyCollectorQuery.Of("VirtualMachine", [.. known, gone], VirtualMachineProperties.Name), Ct).ToListAsync(Ct);

        found.Where(machine => !machine.IsGone).Select(machine => machine.Reference).ShouldBe(known, ignoreOrder: true);
        found.Where(machine => machine.IsGone).Select(machine => machine.Reference).ShouldBe([gone]);
    }
}
