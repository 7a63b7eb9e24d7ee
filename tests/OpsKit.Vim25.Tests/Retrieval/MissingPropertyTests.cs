using OpsKit.TestKit;
using OpsKit.Vim25.Tests.Soap;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Retrieval;

/// <summary>What the server does not give, and how that is told.</summary>
public sealed class MissingPropertyTests
{
    private static readonly ManagedObjectReference Machine = new("VirtualMachine", "vm-1");
    private static readonly ManagedObjectReference Gone = new("VirtualMachine", "vm-77");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Property_the_server_does_not_give_is_missing_with_its_fault()
    {
        await using var server = new InventoryServer(2);
        var query = PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.ConfigExtraConfig, VirtualMachineProperties.RuntimePowerState);

        foreach (var machine in await server.Properties.RetrieveAsync(query, Ct).ToListAsync(Ct))
        {
            machine.Has(VirtualMachineProperties.ConfigExtraConfig).ShouldBeFalse();
            machine.Get(VirtualMachineProperties.RuntimePowerState).ShouldBe(VirtualMachinePowerState.PoweredOff);
            var missing = machine.Missing.ShouldHaveSingleItem();
            missing.Path.ShouldBe("config.extraConfig");
            missing.Fault!.Fault.ShouldBeOfType<NoPermission>().PrivilegeId.ShouldBe("System.Read");
            missing.Fault.LocalizedMessage!.ShouldStartWith("Permission");
        }
    }

    [Fact]
    public async Task Property_that_was_not_asked_for_is_a_mistake_told_as_one()
    {
        await using var server = new InventoryServer(1);
        var found = await server.Properties.GetAsync(new ManagedObjectReference("VirtualMachine", "vm-0"), [VirtualMachineProperties.Name], Ct);

        Should.Throw<ArgumentException>(() => found.Get(VirtualMachineProperties.RuntimePowerState)).Message.ShouldContain("it asked for name");
    }

    [Fact]
    public async Task Paths_that_this_server_does_not_know_are_missing_from_every_object()
    {
        await using var server = new InventoryServer(2);
        var strange = new[] { new PropertyPath<string>("VirtualMachine", "config.cryptoState"), new PropertyPath<string>("VirtualMachine", "config.keyId") };
        var query = PropertyCollectorQuery.All("VirtualMachine", [strange[0], VirtualMachineProperties.Name, VirtualMachineProperties.ConfigExtraConfig, strange[1]]);

        var found = await server.Properties.RetrieveAsync(query, Ct).ToListAsync(Ct);

        found.Count.ShouldBe(2);
        found.ShouldAllBe(machine => machine.Get(VirtualMachineProperties.Name)!.StartsWith("name of"));
        found.ShouldAllBe(machine => machine.Get(strange[0]) == null);
        foreach (var machine in found)
            machine.Missing.Select(missing => (missing.Path, missing.Fault!.Fault!.TypeName)).ShouldBe(
                [("config.cryptoState", "InvalidProperty"), ("config.keyId", "InvalidProperty"), ("config.extraConfig", "NoPermission")]);
        server.Calls.Count(call => call == "RetrievePropertiesEx").ShouldBe(3);
        server.LeftBehind.ShouldBe(0);
    }

    [Fact]
    public async Task Server_that_refuses_a_path_again_is_not_asked_for_ever()
    {
        await using var server = new InventoryServer(2);
        server.Before = request => request.Operation == "RetrievePropertiesEx" ? SoapAnswer.Fault("InvalidProperty", "no", "<name>name</name>") : null;

        await Should.ThrowAsync<VimFaultException>(
            server.Properties.RetrieveAsync(PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name), Ct).CountAsync(Ct).AsTask());

        server.Calls.Count(call => call == "RetrievePropertiesEx").ShouldBe(2);
    }

    [Fact]
    public async Task Named_object_that_is_gone_is_told_and_the_others_come()
    {
        await using var server = new InventoryServer(3);

        var found = await server.Properties.RetrieveAsync(PropertyCollectorQuery.Of("VirtualMachine", [Gone, Machine], VirtualMachineProperties.Name), Ct).ToListAsync(Ct);

        found.Select(machine => (machine.Reference, machine.IsGone)).ShouldBe([(Machine, false), (Gone, true)]);
        found[1].Get(VirtualMachineProperties.Name).ShouldBeNull();
    }

    [Fact]
    public async Task Only_object_that_is_gone_costs_one_call()
    {
        await using var server = new InventoryServer(3);

        var error = await Should.ThrowAsync<VimFaultException>(server.Properties.GetAsync(Gone, VirtualMachineProperties.Name, Ct));

        error.Fault.ShouldBeOfType<ManagedObjectNotFound>().Obj.ShouldBe(Gone);
        server.Calls.ShouldBe(["RetrievePropertiesEx"]);
    }

    [Fact]
    public async Task One_property_of_one_object_is_its_value_or_the_fault_it_is_missing_with()
    {
        await using var server = new InventoryServer(3);

        (await server.Properties.GetAsync(Machine, VirtualMachineProperties.Name, Ct)).ShouldBe("name of vm-1");
        var error = await Should.ThrowAsync<VimFaultException>(server.Properties.GetAsync(Machine, VirtualMachineProperties.ConfigExtraConfig, Ct));
        error.Fault.ShouldBeOfType<NoPermission>();
    }

    [Theory]
    [InlineData(true, "view manager")]
    [InlineData(false, "property collector")]
    public async Task Server_without_its_services_is_refused_by_name(bool hasCollector, string what)
    {
        await using var scripted = Scripted.Start(_ => Scripted.Time);
        var properties = new PropertyRetriever(
            scripted.Client, new ServiceContent { RootFolder = Scripted.Content.RootFolder, PropertyCollector = hasCollector ? Scripted.Content.PropertyCollector : null });
        var query = hasCollector ? PropertyCollectorQuery.All("VirtualMachine") : PropertyCollectorQuery.Of("VirtualMachine", [Machine]);

        (await Should.ThrowAsync<VimProtocolException>(properties.RetrieveAsync(query, Ct).CountAsync(Ct).AsTask())).Message.ShouldContain(what);
    }
}
