using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

public sealed class ViewAndSearchTests
{
    private static readonly PropertyPath<ArrayOf<ManagedObjectReference>> View = new("ManagedObjectView", "view");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Container_view_holds_the_wanted_types_of_one_level_or_of_all()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var root = session.Content.RootFolder!;

        (await MembersAsync(session, root, recursive: false)).ShouldBe([TinyInventory.Datacenter]);
        (await MembersAsync(session, root, recursive: true, "ComputeResource", "HostSystem")).Select(member => member.Type).Distinct().ShouldBe(["ClusterComputeResource", "HostSystem"], ignoreOrder: true);
        (await MembersAsync(session, TinyInventory.VmFolder, recursive: false)).ShouldBe(vcenter.Machines.Select(TinyInventory.Of));
        (await MembersAsync(session, root, recursive: true, "Datastore")).ShouldBeEmpty();
        (await FaultAsync(() => session.Queries.CreateContainerViewAsync(session.Content.ViewManager!, TinyInventory.Of(vcenter.Machines[0]), true, cancellationToken: Token))).ShouldBeOfType<InvalidArgument>().InvalidProperty.ShouldBe("container");
        (await FaultAsync(() => session.Queries.CreateContainerViewAsync(session.Content.ViewManager!, root, true, ["Car"], Token))).ShouldBeOfType<InvalidRequest>();
    }

    [Fact]
    public async Task List_view_is_added_to_and_taken_from_and_says_what_does_not_exist()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var (one, two, gone) = (TinyInventory.Of(vcenter.Machines[0]), TinyInventory.Of(vcenter.Machines[1]), new ManagedObjectReference("VirtualMachine", "vm-0"));
        var view = (await session.Queries.CreateListViewAsync(session.Content.ViewManager!, [one, gone], Token))!;

        (await session.Queries.ModifyListViewAsync(view, [two, gone], [one], Token)).ShouldBe([gone]);
        (await session.Retriever.GetAsync(view, View, Token))!.ShouldBe([two]);
        (await session.Queries.ResetListViewAsync(view, [one, two, one], Token)).ShouldBeEmpty();
        var copy = (await session.Queries.CreateListViewFromViewAsync(session.Content.ViewManager!, view, Token))!;
        (await session.Retriever.GetAsync(copy, View, Token))!.ShouldBe([one, two]);

        await session.Queries.DestroyViewAsync(view, Token);
        (await FaultAsync(() => session.Queries.ModifyListViewAsync(view, [one], cancellationToken: Token))).ShouldBeOfType<ManagedObjectNotFound>();
    }

    [Fact]
    public async Task View_is_not_seen_by_other_sessions()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var mine = await vcenter.LoginAsync();
        var other = await vcenter.LoginAsync();
        var view = (await mine.Queries.CreateListViewAsync(mine.Content.ViewManager!, [TinyInventory.Datacenter], Token))!;

        (await FaultAsync(() => other.Queries.DestroyViewAsync(view, Token))).ShouldBeOfType<ManagedObjectNotFound>();
    }

    [Fact]
    public async Task Things_are_found_by_uuid_name_address_and_path()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var (index, queries) = (session.Content.SearchIndex!, session.Queries);
        var machine = vcenter.Machines.First(machine => machine.Address is not null);
        var host = vcenter.Estate.Hosts.First(host => host.VCenter == vcenter.VCenter);
        var found = TinyInventory.Of(machine);

        (await queries.FindByUuidAsync(index, machine.Uuid.ToUpperInvariant(), true, TinyInventory.Datacenter, cancellationToken: Token)).ShouldBe(found);
        (await queries.FindAllByUuidAsync(index, machine.InstanceUuid, true, instanceUuid: true, cancellationToken: Token)).ShouldBe([found]);
        (await queries.FindByUuidAsync(index, host.Uuid, false, cancellationToken: Token)).ShouldBe(TinyInventory.Of(host));
        (await queries.FindByUuidAsync(index, machine.Uuid, false, cancellationToken: Token)).ShouldBeNull();
        (await queries.FindByDnsNameAsync(index, $"{machine.Name}.guest.example", true, cancellationToken: Token)).ShouldBe(found);
        (await queries.FindAllByDnsNameAsync(index, host.Name, false, cancellationToken: Token)).ShouldBe([TinyInventory.Of(host)]);
        (await queries.FindByIpAsync(index, $"{machine.Address}", true, cancellationToken: Token)).ShouldBe(found);
        (await queries.FindAllByIpAsync(index, $"{host.Address}", false, cancellationToken: Token)).ShouldBe([TinyInventory.Of(host)]);
        (await FaultAsync(() => queries.FindByIpAsync(index, "300.1.1.1", true, cancellationToken: Token))).ShouldBeOfType<InvalidArgument>();
        (await FaultAsync(() => queries.FindByUuidAsync(index, machine.Uuid, true, TinyInventory.VmFolder, cancellationToken: Token))).ShouldBeOfType<InvalidArgument>();

        (await queries.FindByInventoryPathAsync(index, $"{vcenter.VCenter.Datacenter}/vm/{machine.Name}", Token)).ShouldBe(found);
        (await queries.FindByInventoryPathAsync(index, $"/{vcenter.VCenter.Datacenter}/host/", Token)).ShouldBe(TinyInventory.HostFolder);
        (await queries.FindByInventoryPathAsync(index, "Nowhere/vm", Token)).ShouldBeNull();
        (await queries.FindByInventoryPathAsync(index, "", Token)).ShouldBe(session.Content.RootFolder);
        (await queries.FindChildAsync(index, TinyInventory.VmFolder, machine.Name, Token)).ShouldBe(found);
        (await queries.FindChildAsync(index, TinyInventory.VmFolder, "nobody", Token)).ShouldBeNull();
    }

    private static async Task<IReadOnlyList<ManagedObjectReference>> MembersAsync(TinySession session, ManagedObjectReference container, bool recursive, params string[] types)
    {
        var view = await session.Queries.CreateContainerViewAsync(session.Content.ViewManager!, container, recursive, types, Token);
        return (await session.Retriever.GetAsync(view!, View, Token))!;
    }

    private static async Task<MethodFault?> FaultAsync(Func<Task> call) => (await Should.ThrowAsync<VimFaultException>(call)).Fault;
}
