using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

public sealed class UpdateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_answer_holds_everything_and_later_ones_what_changed()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var filter = await FilterAsync(session);

        var first = (await WaitAsync(session, ""))!;
        var told = first.FilterSet.Single();
        told.Filter.ShouldBe(filter);
        told.ObjectSet.Count.ShouldBe(vcenter.Machines.Count);
        told.ObjectSet.ShouldAllBe(update => update.Kind == ObjectUpdateKind.Enter && update.ChangeSet.Count >= 2);
        (await WaitAsync(session, first.Version!, seconds: 0)).ShouldBeNull();

        var waiting = WaitAsync(session, first.Version!);
        var machine = vcenter.Machines.First(machine => machine.PowerState == "poweredOn");
        await session.Changes.PowerOffVMTaskAsync(TinyInventory.Of(machine), Token);
        var second = (await waiting)!;

        var update = second.FilterSet.Single().ObjectSet.Single();
        update.Kind.ShouldBe(ObjectUpdateKind.Modify);
        update.Obj.ShouldBe(TinyInventory.Of(machine));
        update.ChangeSet.Single().Name.ShouldBe("runtime.powerState");
        update.ChangeSet.Single().Val.ShouldBe(VirtualMachinePowerState.PoweredOff);
    }

    [Fact]
    public async Task Objects_enter_and_leave_what_is_selected_through_a_view()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        await FilterAsync(session);
        var version = (await WaitAsync(session, ""))!.Version!;
        var machine = vcenter.Machines[0];

        lock (vcenter.Estate.Gate)
            vcenter.Estate.Machines.Remove(machine);
        vcenter.Inventory.Raise(TinyInventory.Of(machine), null);
        var left = (await WaitAsync(session, version))!;
        left.FilterSet.Single().ObjectSet.Single().Kind.ShouldBe(ObjectUpdateKind.Leave);

        lock (vcenter.Estate.Gate)
            vcenter.Estate.Machines.Add(machine);
        vcenter.Inventory.Raise(TinyInventory.Of(machine), null);
        var entered = (await WaitAsync(session, left.Version!))!;
        entered.FilterSet.Single().ObjectSet.Single().Kind.ShouldBe(ObjectUpdateKind.Enter);
    }

    [Fact]
    public async Task Answer_of_at_most_so_many_objects_says_that_there_are_more()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        await FilterAsync(session);
        var (version, seen) = ("", new List<ManagedObjectReference?>());
        while (true)
        {
            var updates = (await WaitAsync(session, version, most: 2))!;
            updates.FilterSet.Single().ObjectSet.Count.ShouldBeLessThanOrEqualTo(2);
            seen.AddRange(updates.FilterSet.Single().ObjectSet.Select(update => update.Obj));
            version = updates.Version!;
            if (updates.Truncated != true)
                break;
        }

        seen.ShouldBe(vcenter.Machines.Select(TinyInventory.Of), ignoreOrder: true);
        (await WaitAsync(session, version, seconds: 0)).ShouldBeNull();
    }

    [Fact]
    public async Task Lost_answer_is_given_again_and_a_version_nobody_gave_out_is_refused()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        await FilterAsync(session);
        var first = (await WaitAsync(session, ""))!;
        vcenter.Machines[0].Name = "renamed";
        vcenter.Inventory.Raise(TinyInventory.Of(vcenter.Machines[0]), "name");

        var second = (await WaitAsync(session, first.Version!))!;
        var again = (await WaitAsync(session, first.Version!))!;

        again.Version.ShouldBe(second.Version);
        again.FilterSet.Single().ObjectSet.Single().ChangeSet.Single().Val.ShouldBe("renamed");
        foreach (var version in new[] { "99", "0", "-1", "x" })
            (await Should.ThrowAsync<VimFaultException>(() => WaitAsync(session, version))).Fault.ShouldBeOfType<InvalidCollectorVersion>();
    }

    [Fact]
    public async Task Wait_ends_without_news_after_its_time_on_the_clock_of_the_world()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        await FilterAsync(session);
        var version = (await WaitAsync(session, ""))!.Version!;
        vcenter.VCenter.SessionIdleTimeout = TimeSpan.FromDays(1000);

        var waiting = WaitAsync(session, version, seconds: 30);
        while (!waiting.IsCompleted)
        {
            vcenter.Real.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        (await waiting).ShouldBeNull();
    }

    [Fact]
    public async Task Waiting_call_is_cancelled_from_another_connection_of_the_session()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        await FilterAsync(session);
        var version = (await WaitAsync(session, ""))!.Version!;
        var waiting = WaitAsync(session, version);

        while (!waiting.IsCompleted)
            await session.Queries.CancelWaitForUpdatesAsync(session.Collector, Token);

        (await Should.ThrowAsync<VimFaultException>(() => waiting)).Fault.ShouldBeOfType<RequestCanceled>();
    }

    [Fact]
    public async Task Waiting_keeps_a_session_alive_and_its_end_ends_the_wait()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var other = await vcenter.LoginAsync();
        await FilterAsync(session);
        var version = (await WaitAsync(session, ""))!.Version!;
        var waiting = WaitAsync(session, version);
        vcenter.Real.Advance(vcenter.VCenter.SessionIdleTimeout - TimeSpan.FromMinutes(1));
        await other.Queries.CurrentTimeAsync(ManagedObjectReference.ServiceInstance, Token);

        await other.Sessions.TerminateSessionAsync(other.Content.SessionManager!, [session.Session.Key!], Token);

        (await Should.ThrowAsync<VimFaultException>(() => waiting)).Fault.ShouldBeAssignableTo<RuntimeFault>();
    }

    [Fact]
    public async Task Filters_tell_no_more_once_they_are_destroyed_and_collectors_are_apart()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var filter = await FilterAsync(session);
        var own = (await session.Queries.CreatePropertyCollectorAsync(session.Collector, Token))!;
        (await session.Queries.CheckForUpdatesAsync(own, "", Token)).ShouldBeNull();
        (await session.Retriever.GetAsync<ArrayOf<ManagedObjectReference>>(session.Collector, new("PropertyCollector", "filter"), Token))!.ShouldBe([filter]);

        await session.Queries.DestroyPropertyFilterAsync(filter, Token);
        (await session.Queries.CheckForUpdatesAsync(session.Collector, "", Token)).ShouldBeNull();
        (await Should.ThrowAsync<VimFaultException>(() => session.Queries.DestroyPropertyFilterAsync(filter, Token))).Fault.ShouldBeOfType<ManagedObjectNotFound>();

        await session.Queries.DestroyPropertyCollectorAsync(own, Token);
        (await Should.ThrowAsync<VimFaultException>(() => session.Queries.CheckForUpdatesAsync(own, "", Token))).Fault.ShouldBeOfType<ManagedObjectNotFound>();
    }

    [Fact]
    public async Task Property_that_is_unset_is_told_without_a_value()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        await FilterAsync(session);
        var version = (await WaitAsync(session, ""))!.Version!;
        var machine = vcenter.Machines.First(machine => machine.BootTime is not null);
        machine.BootTime = null;
        vcenter.Inventory.Raise(TinyInventory.Of(machine), "runtime");

        var change = (await WaitAsync(session, version))!.FilterSet.Single().ObjectSet.Single().ChangeSet.Single();

        change.Name.ShouldBe("runtime.bootTime");
        change.Val.ShouldBeNull();
    }

    private static async Task<ManagedObjectReference> FilterAsync(TinySession session)
    {
        var view = await session.Queries.CreateContainerViewAsync(session.Content.ViewManager!, session.Content.RootFolder!, recursive: true, ["VirtualMachine"], Token);
        var spec = new PropertyFilterSpec
        {
            PropSet = [new() { Type = "VirtualMachine", PathSet = ["name", "runtime.powerState", "runtime.bootTime", "config.hardware.device"] }],
            ObjectSet = [new() { Obj = view, Skip = true, SelectSet = [new TraversalSpec { Type = "ContainerView", Path = "view" }] }],
        };
        return (await session.Queries.CreateFilterAsync(session.Collector, spec, partialUpdates: false, Token))!;
    }

    private static Task<UpdateSet?> WaitAsync(TinySession session, string version, int? seconds = null, int? most = null) =>
        session.Queries.WaitForUpdatesExAsync(session.Collector, version, new WaitOptions { MaxWaitSeconds = seconds, MaxObjectUpdates = most }, Token);
}
