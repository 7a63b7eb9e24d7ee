using OpsKit.Lab.VCenter.Http;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

public sealed class CallFaultTests
{
    private CallFault? _next;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fault_in_place_of_an_operation_leaves_it_undone()
    {
        await using var vcenter = await StartAsync();
        var (session, machine) = await ReadyAsync(vcenter);
        _next = new CallFault { Fault = new HostNotConnected() };

        (await Should.ThrowAsync<VimFaultException>(() => session.Changes.PowerOffVMTaskAsync(machine, Token))).Fault.ShouldBeOfType<HostNotConnected>();

        vcenter.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_lost_after_the_operation_leaves_it_done()
    {
        await using var vcenter = await StartAsync();
        var (session, machine) = await ReadyAsync(vcenter);
        _next = new CallFault { Cut = true, AfterOperation = true };

        await Should.ThrowAsync<VimTransportException>(() => session.Changes.PowerOffVMTaskAsync(machine, Token));

        vcenter.Log.Changes.Single().Target.ShouldBe(machine.Value);
    }

    [Fact]
    public async Task Connection_cut_before_the_operation_leaves_it_undone()
    {
        await using var vcenter = await StartAsync();
        var (session, machine) = await ReadyAsync(vcenter);
        _next = new CallFault { Cut = true };

        await Should.ThrowAsync<VimTransportException>(() => session.Changes.PowerOffVMTaskAsync(machine, Token));

        vcenter.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Garbled_answer_and_status_503_are_no_vim25_answers()
    {
        await using var vcenter = await StartAsync();
        var (session, _) = await ReadyAsync(vcenter);

        _next = new CallFault { Garble = true };
        await Should.ThrowAsync<VimProtocolException>(() => session.Queries.CurrentTimeAsync(ManagedObjectReference.ServiceInstance, Token));
        _next = new CallFault { Status = 503 };
        await Should.ThrowAsync<VimException>(() => session.Queries.CurrentTimeAsync(ManagedObjectReference.ServiceInstance, Token));
        (await session.Queries.CurrentTimeAsync(ManagedObjectReference.ServiceInstance, Token)).ShouldBe(vcenter.Estate.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Session_ended_by_the_lab_is_not_authenticated()
    {
        await using var vcenter = await StartAsync();
        var (session, _) = await ReadyAsync(vcenter);
        _next = new CallFault { EndSessions = true };

        (await Should.ThrowAsync<VimFaultException>(() => session.Queries.CurrentTimeAsync(ManagedObjectReference.ServiceInstance, Token))).Fault.ShouldBeOfType<NotAuthenticated>();
    }

    [Fact]
    public async Task Delayed_call_waits_on_the_clock()
    {
        await using var vcenter = await StartAsync();
        var (session, _) = await ReadyAsync(vcenter);
        vcenter.VCenter.SessionIdleTimeout = TimeSpan.FromDays(1000);
        _next = new CallFault { Delay = TimeSpan.FromMinutes(1) };

        var call = session.Queries.CurrentTimeAsync(ManagedObjectReference.ServiceInstance, Token);
        while (!call.IsCompleted)
        {
            vcenter.Real.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        (await call).ShouldNotBeNull();
    }

    [Fact]
    public async Task Stale_answers_are_those_of_the_first_of_them()
    {
        await using var vcenter = await StartAsync();
        var (session, machine) = await ReadyAsync(vcenter);
        async Task<string?> StateAsync(int? stale)
        {
            _next = stale is null ? null : new CallFault { Stale = stale };
            return (await session.Retriever.GetAsync(machine, VirtualMachineProperties.RuntimePowerState, Token))?.Value;
        }

        (await StateAsync(stale: 1)).ShouldBe("poweredOn");
        await session.Changes.PowerOffVMTaskAsync(machine, Token);

        (await StateAsync(stale: 1)).ShouldBe("poweredOn");
        (await StateAsync(stale: 2)).ShouldBe("poweredOff");
        (await StateAsync(stale: null)).ShouldBe("poweredOff");
    }

    private Task<TinyVCenter> StartAsync() => TinyVCenter.StartAsync(faults: (_, _) => Interlocked.Exchange(ref _next, null));

    private static async Task<(TinySession Session, ManagedObjectReference Machine)> ReadyAsync(TinyVCenter vcenter) =>
        (await vcenter.LoginAsync(), TinyInventory.Of(vcenter.Machines.First(machine => machine.PowerState == "poweredOn")));
}
