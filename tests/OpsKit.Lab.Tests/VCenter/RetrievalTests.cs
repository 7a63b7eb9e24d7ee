using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

public sealed class RetrievalTests
{
    internal static readonly PropertyCollectorQuery TenProperties = PropertyCollectorQuery.All(
        "VirtualMachine", VirtualMachineProperties.Name, VirtualMachineProperties.ConfigUuid, VirtualMachineProperties.ConfigGuestFullName,
        VirtualMachineProperties.ConfigHardwareMemoryMB, VirtualMachineProperties.ConfigHardwareNumCPU, VirtualMachineProperties.ConfigTemplate,
        VirtualMachineProperties.RuntimeHost, VirtualMachineProperties.RuntimePowerState, VirtualMachineProperties.GuestHostName, VirtualMachineProperties.OverallStatus);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_reads_all_machines_whatever_the_size_of_the_pages()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();

        foreach (var size in new[] { 1, 2, 100 })
        {
            var seen = new List<string?>();
            await foreach (var machine in session.Retriever.RetrieveAsync(PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name) with { PageSize = size }, Token))
                seen.Add(machine.Get(VirtualMachineProperties.Name));
            seen.ShouldBe(vcenter.Machines.Select(machine => machine.Name), ignoreOrder: true);
        }

        vcenter.Log.All.Count(logged => logged.Operation == "ContinueRetrievePropertiesEx").ShouldBe(vcenter.Machines.Count - 1 + ((vcenter.Machines.Count - 1) / 2));
        vcenter.Log.All.Count(logged => logged.Operation == "DestroyView").ShouldBe(3);
    }

    [Fact]
    public async Task Nested_paths_lists_and_devices_by_their_key_are_found()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var machine = vcenter.Machines.First(machine => machine.Disks.Count > 0);
        string[] paths = ["name", "config.hardware.memoryMB", $"config.hardware.device[{machine.Disks[0].Key}]", $"config.hardware.device[{machine.Disks[0].Key}].capacityInKB", "config.hardware.device[99]", "config.hardware.device", "datastore", "runtime.powerState", "overallStatus", "config.annotation"];

        var content = (await RetrieveAsync(session, "VirtualMachine", paths, TinyInventory.Of(machine)))!.Objects.Single();

        object? Value(string path) => content.PropSet.SingleOrDefault(property => property.Name == path)?.Val;
        Value("name").ShouldBe(machine.Name);
        Value("config.hardware.memoryMB").ShouldBe(machine.MemoryMb);
        Value(paths[2]).ShouldBeOfType<VirtualDisk>().Key.ShouldBe(machine.Disks[0].Key);
        Value(paths[3]).ShouldBe(machine.Disks[0].CapacityKb);
        Value("config.hardware.device").ShouldBeOfType<ArrayOf<VirtualDevice>>().Count.ShouldBe(machine.Disks.Count);
        Value("datastore").ShouldBeOfType<ArrayOf<ManagedObjectReference>>().ShouldNotBeEmpty();
        Value("runtime.powerState").ShouldBe(new VirtualMachinePowerState(machine.PowerState));
        Value("overallStatus").ShouldBe(ManagedEntityStatus.Green);
        content.PropSet.Select(property => property.Name).ShouldNotContain("config.hardware.device[99]");
        content.PropSet.Select(property => property.Name).ShouldNotContain("config.annotation");
        content.MissingSet.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("colour")]
    [InlineData("config.colour")]
    [InlineData("config.hardware.device.key")]
    [InlineData("name.length")]
    [InlineData("name[1]")]
    [InlineData("config.hardware.device[]")]
    [InlineData("config..name")]
    [InlineData("")]
    public async Task Path_that_the_type_does_not_have_fails_the_call(string path)
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();

        var refused = await Should.ThrowAsync<VimFaultException>(() => RetrieveAsync(session, "VirtualMachine", ["name", path], TinyInventory.Of(vcenter.Machines[0])));

        refused.Fault.ShouldBeOfType<InvalidProperty>().Name.ShouldBe(path);
    }

    [Fact]
    public async Task All_properties_are_those_that_are_set()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();

        var result = await session.Queries.RetrievePropertiesAsync(session.Collector,
            [new() { PropSet = [new() { Type = "ManagedEntity", All = true }], ObjectSet = [new() { Obj = TinyInventory.Of(vcenter.Machines[0]) }] }], Token);

        result.Single().PropSet.Select(property => property.Name).ShouldBe(["config", "datastore", "guest", "name", "overallStatus", "parent", "runtime", "tag"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_as_missing_with_its_fault()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var host = vcenter.Estate.Hosts[0];
        vcenter.Inventory.Unreadable.Add($"{host.Id}.runtime", new LabFaultException(new HostNotConnected(), "Unable to communicate with the remote host, since it is disconnected."));

        var content = (await RetrieveAsync(session, "HostSystem", ["name", "runtime.powerState"], TinyInventory.Of(host)))!.Objects.Single();

        content.PropSet.Single().Val.ShouldBe(host.Name);
        content.MissingSet.Single().Path.ShouldBe("runtime.powerState");
        content.MissingSet.Single().Fault!.Fault.ShouldBeOfType<HostNotConnected>();
    }

    [Fact]
    public async Task Traversal_that_names_itself_goes_down_the_whole_tree_and_ends()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        SelectionSpec again = new() { Name = "folders" };
        var spec = new PropertyFilterSpec
        {
            PropSet = [new() { Type = "VirtualMachine", PathSet = ["name"] }, new() { Type = "Datacenter", PathSet = ["name"] }],
            ObjectSet =
            [
                new()
                {
                    Obj = session.Content.RootFolder, Skip = true,
                    SelectSet =
                    [
                        new TraversalSpec { Name = "folders", Type = "Folder", Path = "childEntity", Skip = false, SelectSet = [again, new() { Name = "guests" }] },
                        new TraversalSpec { Name = "guests", Type = "Datacenter", Path = "vmFolder", Skip = true, SelectSet = [again] },
                        new TraversalSpec { Name = "back", Type = "VirtualMachine", Path = "parent", SelectSet = [again] },
                    ],
                },
            ],
        };

        var objects = await session.Queries.RetrievePropertiesAsync(session.Collector, [spec], Token);

        objects.Select(content => content.Obj).ShouldBe([TinyInventory.Datacenter, .. vcenter.Machines.Select(TinyInventory.Of)]);
    }

    [Fact]
    public async Task Wrong_selections_are_refused_with_the_fault_that_says_why()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var root = session.Content.RootFolder!;
        var gone = new ManagedObjectReference("VirtualMachine", "vm-0");

        async Task<MethodFault?> FaultOfAsync(string type, ObjectSpec from, string path = "name") =>
            (await Should.ThrowAsync<VimFaultException>(() => session.Queries.RetrievePropertiesExAsync(
                session.Collector, [new() { PropSet = [new() { Type = type, PathSet = [path] }], ObjectSet = [from] }], new RetrieveOptions(), Token))).Fault;

        (await FaultOfAsync("VirtualMachine", new() { Obj = gone })).ShouldBeOfType<ManagedObjectNotFound>().Obj.ShouldBe(gone);
        (await FaultOfAsync("VirtualMachine", new() { Obj = new("HostSystem", vcenter.Machines[0].Id) })).ShouldBeOfType<ManagedObjectNotFound>();
        (await FaultOfAsync("Spaceship", new() { Obj = root })).ShouldBeOfType<InvalidRequest>();
        (await FaultOfAsync("Folder", new() { Obj = root, SelectSet = [new() { Name = "nowhere" }] })).ShouldBeOfType<InvalidArgument>();
        (await FaultOfAsync("Folder", new() { Obj = root, SelectSet = [new TraversalSpec { Type = "Folder", Path = "children" }] })).ShouldBeOfType<InvalidProperty>().Name.ShouldBe("children");
        (await FaultOfAsync("Folder", new() { Obj = root, SelectSet = [new TraversalSpec { Type = "Folder", Path = "name" }] })).ShouldBeOfType<InvalidProperty>().Name.ShouldBe("name");
    }

    [Fact]
    public async Task Pages_are_fetched_once_and_a_cancelled_retrieval_has_no_more_of_them()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var machines = vcenter.Machines.Take(3).Select(TinyInventory.Of).ToArray();
        var first = (await RetrieveAsync(session, "VirtualMachine", ["name"], machines, most: 1))!;
        first.Objects.Count.ShouldBe(1);

        var second = (await session.Queries.ContinueRetrievePropertiesExAsync(session.Collector, first.Token!, Token))!;
        (await TokenFaultAsync(() => session.Queries.ContinueRetrievePropertiesExAsync(session.Collector, first.Token!, Token))).ShouldBe("token");
        await session.Queries.CancelRetrievePropertiesExAsync(session.Collector, second.Token!, Token);
        (await TokenFaultAsync(() => session.Queries.ContinueRetrievePropertiesExAsync(session.Collector, second.Token!, Token))).ShouldBe("token");
        (await TokenFaultAsync(() => RetrieveAsync(session, "VirtualMachine", ["name"], machines, most: 0))).ShouldBe("options.maxObjects");
    }

    [Fact]
    public async Task Machine_that_goes_away_between_pages_is_left_out()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var machines = vcenter.Machines.Take(3).ToArray();
        var first = (await RetrieveAsync(session, "VirtualMachine", ["name"], [.. machines.Select(TinyInventory.Of)], most: 1))!;
        lock (vcenter.Estate.Gate)
            vcenter.Estate.Machines.Remove(machines[1]);

        var rest = (await session.Queries.ContinueRetrievePropertiesExAsync(session.Collector, first.Token!, Token))!;

        rest.Objects.Select(content => content.Obj).ShouldBe([TinyInventory.Of(machines[2])]);
        rest.Token.ShouldBeNull();
    }

    [Fact]
    public async Task Machines_of_a_large_estate_come_page_by_page_and_none_is_missing()
    {
        await using var vcenter = await TinyVCenter.StartAsync(LabSize.Large);
        var session = await vcenter.LoginAsync();
        var names = new List<string?>();
        await foreach (var machine in session.Retriever.RetrieveAsync(TenProperties, Token))
            names.Add(machine.Has(VirtualMachineProperties.OverallStatus) ? machine.Get(VirtualMachineProperties.Name) : null);

        names.ShouldBe(vcenter.Machines.Select(machine => machine.Name), ignoreOrder: true);
        names.Count.ShouldBe(5000);
    }

    private static Task<RetrieveResult?> RetrieveAsync(TinySession session, string type, IReadOnlyList<string> paths, params ManagedObjectReference[] objects) =>
        RetrieveAsync(session, type, paths, objects, null);

    private static Task<RetrieveResult?> RetrieveAsync(TinySession session, string type, IReadOnlyList<string> paths, IReadOnlyList<ManagedObjectReference> objects, int? most) =>
        session.Queries.RetrievePropertiesExAsync(
            session.Collector,
            [new() { PropSet = [new() { Type = type, PathSet = paths }], ObjectSet = [.. objects.Select(one => new ObjectSpec { Obj = one })] }],
            new RetrieveOptions { MaxObjects = most },
            Token);

    private static async Task<string?> TokenFaultAsync(Func<Task> call) => (await Should.ThrowAsync<VimFaultException>(call)).Fault.ShouldBeOfType<InvalidArgument>().InvalidProperty;
}
