using OpsKit.TestKit;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Retrieval;

/// <summary>How many calls a retrieval makes: three, and one more for each further page.</summary>
public sealed class PagingTests
{
    private const string First = "RetrievePropertiesEx";
    private const string Further = "ContinueRetrievePropertiesEx";
    private static readonly PropertyCollectorQuery Machines = PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1000, 0)]
    [InlineData(1, 1000, 0)]
    [InlineData(5000, 5000, 0)]
    [InlineData(10, 10, 0)]
    [InlineData(11, 10, 1)]
    [InlineData(250, 100, 2)]
    [InlineData(1000, 1, 999)]
    public async Task Calls_are_constant_but_for_pages(int machines, int pageSize, int furtherPages)
    {
        await using var server = new InventoryServer(machines);

        var found = await server.Properties.RetrieveAsync(Machines with { PageSize = pageSize }, Ct).ToListAsync(Ct);

        found.Select(machine => machine.Get(VirtualMachineProperties.Name)).ShouldBe(Enumerable.Range(0, machines).Select(i => $"name of vm-{i}"));
        server.Calls.ShouldBe(["CreateContainerView", First, .. Enumerable.Repeat(Further, furtherPages), "DestroyView"]);
        server.LeftBehind.ShouldBe(0);
    }

    [Fact]
    public async Task Named_objects_need_no_view()
    {
        await using var server = new InventoryServer(50);
        var some = Enumerable.Range(10, 20).Select(i => new ManagedObjectReference("VirtualMachine", $"vm-{i}")).ToArray();

        var found = await server.Properties.RetrieveAsync(PropertyCollectorQuery.Of("VirtualMachine", some, VirtualMachineProperties.Name), Ct).ToListAsync(Ct);

        found.Select(machine => machine.Reference).ShouldBe(some);
        server.Calls.ShouldBe([First]);
    }

    [Fact]
    public async Task No_objects_need_no_call()
    {
        await using var server = new InventoryServer(50);

        (await server.Properties.RetrieveAsync(PropertyCollectorQuery.Of("VirtualMachine", [], VirtualMachineProperties.Name), Ct).CountAsync(Ct)).ShouldBe(0);

        server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Server_may_send_smaller_pages_than_asked_for()
    {
        await using var server = new InventoryServer(25) { MostObjects = 10 };

        (await server.Properties.RetrieveAsync(Machines, Ct).CountAsync(Ct)).ShouldBe(25);

        server.Calls.Count(call => call == Further).ShouldBe(2);
        server.Requests(First).ShouldHaveSingleItem().ShouldContain("<maxObjects>1000</maxObjects>");
    }

    [Fact]
    public async Task Server_that_cannot_continue_is_asked_for_everything_and_each_object_comes_once()
    {
        await using var server = new InventoryServer(25);
        server.Before = request => request.Operation == Further ? SoapAnswer.Fault("MethodNotFound", "No such method.") : null;

        var found = await server.Properties.RetrieveAsync(Machines with { PageSize = 10 }, Ct).ToListAsync(Ct);

        found.Select(machine => machine.Reference.Value).ShouldBe(Enumerable.Range(0, 25).Select(i => $"vm-{i}"));
        server.Calls.ShouldBe(["CreateContainerView", First, Further, First, "DestroyView"]);
        server.Requests(First).Last().ShouldNotContain("maxObjects");
    }

    [Fact]
    public async Task Object_that_vanishes_between_two_pages_costs_a_new_beginning_and_no_object_comes_twice()
    {
        await using var server = new InventoryServer(30);
        var vanished = false;
        server.Before = request =>
        {
            if (request.Operation != Further || vanished)
                return null;
            vanished = true;
            server.Delete("vm-15");
            return InventoryServer.NotFound("vm-15");
        };

        var found = await server.Properties.RetrieveAsync(Machines with { PageSize = 10 }, Ct).ToListAsync(Ct);

        found.Select(machine => machine.Reference.Value).ShouldBe(Enumerable.Range(0, 30).Where(i => i != 15).Select(i => $"vm-{i}"));
    }

    [Fact]
    public async Task Inventory_that_never_stands_still_is_told_in_the_end()
    {
        await using var server = new InventoryServer(30);
        server.Before = request => request.Operation == Further ? InventoryServer.NotFound("vm-15") : null;

        var error = await Should.ThrowAsync<VimFaultException>(server.Properties.RetrieveAsync(Machines with { PageSize = 10 }, Ct).CountAsync(Ct).AsTask());

        error.Fault.ShouldBeOfType<ManagedObjectNotFound>();
        server.Calls.Count(call => call == First).ShouldBe(4);
        server.Calls[^1].ShouldBe("DestroyView");
    }

    [Fact]
    public async Task Container_and_type_go_to_the_view_and_only_the_paths_asked_for_to_the_collector()
    {
        await using var server = new InventoryServer(1);

        await server.Properties.RetrieveAsync(Machines with { Container = new ManagedObjectReference("ComputeResource", "domain-c7") }, Ct).CountAsync(Ct);

        var view = server.Requests("CreateContainerView").Single();
        view.ShouldContain("""<container type="ComputeResource">domain-c7</container>""");
        view.ShouldContain("<type>VirtualMachine</type>");
        view.ShouldContain("<recursive>true</recursive>");
        var read = server.Requests(First).Single();
        read.ShouldContain("<all>false</all><pathSet>name</pathSet></propSet>");
        read.ShouldContain("""<obj type="ContainerView">view-1</obj><skip>true</skip>""");
    }
}
