using System.Collections.Concurrent;
using OpsKit.Connections.VSphere;
using OpsKit.TestKit;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.PeerTests.VSphere;

public sealed class TaskTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Machine_is_powered_off_and_on_and_the_tasks_are_waited_for()
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "1");
        await using var session = await server.OpenAsync(Ct);
        var machine = (await MachinesAsync(session))[0].Reference;
        var heard = new ConcurrentQueue<TaskProgress>();

        var off = await WaitAsync(session, session.Changes.PowerOffVMTaskAsync(machine, Ct), new Listener(heard));
        var between = await session.Properties.GetAsync(machine, VirtualMachineProperties.RuntimePowerState, Ct);
        var on = await WaitAsync(session, session.Changes.PowerOnVMTaskAsync(machine, cancellationToken: Ct));

        off.State.ShouldBe(TaskInfoState.Success);
        off.Entity.ShouldBe(machine);
        heard.Last().State.ShouldBe(TaskInfoState.Success);
        between.ShouldBe(VirtualMachinePowerState.PoweredOff);
        on.State.ShouldBe(TaskInfoState.Success);
        (await session.Properties.GetAsync(machine, VirtualMachineProperties.RuntimePowerState, Ct)).ShouldBe(VirtualMachinePowerState.PoweredOn);
    }

    [Fact]
    public async Task Task_that_fails_says_why_and_of_which_machine()
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "1");
        await using var session = await server.OpenAsync(Ct);
        var machine = (await MachinesAsync(session))[0];

        var error = await Should.ThrowAsync<VimTaskException>(WaitAsync(session, session.Changes.PowerOnVMTaskAsync(machine.Reference, cancellationToken: Ct)));

        error.Fault.ShouldBeOfType<InvalidPowerState>().ExistingState.ShouldBe(VirtualMachinePowerState.PoweredOn);
        error.Message.ShouldContain(machine.Reference.Value);
    }

    [Fact]
    public async Task Fifty_running_tasks_share_one_loop_and_leave_no_filter()
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "25");
        await using var session = await server.OpenAsync(Ct);
        var started = await server.StartTasksAsync(50);
        await server.ResetAsync();
        var heard = new ConcurrentQueue<TaskProgress>();

        var waiting = started.Select(key => session.Tasks.WaitAsync(new ManagedObjectReference("Task", key), TimeSpan.FromMinutes(1), new Listener(heard), Ct)).ToArray();
        await Eventually.TrueAsync(() => Count(news => news.State == TaskInfoState.Running) == 50, "all tasks are seen to run");
        await server.ProgressTasksAsync(40);
        await Eventually.TrueAsync(() => Count(news => news.Percent == 40) == 50, "the progress of all is told");
        await server.FinishTasksAsync();

        (await Task.WhenAll(waiting)).Select(task => (task.Key, task.State)).ShouldBe(started.Select(key => ((string?)key, (TaskInfoState?)TaskInfoState.Success)));
        await Eventually.TrueAsync(() => Filters(server) == 0, "the filters are destroyed");
        var calls = await server.CallsAsync();
        calls.ShouldContain("WaitForUpdatesEx");
        calls.Count.ShouldBeLessThan(50);

        int Count(Func<TaskProgress, bool> which) => heard.Where(which).Select(news => news.Task).Distinct().Count();
    }

    [Fact]
    public async Task Tasks_are_started_and_waited_for_while_others_run()
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "25");
        await using var session = await server.OpenAsync(Ct);
        var machines = await MachinesAsync(session);

        var ended = await Task.WhenAll(machines.Select(async machine =>
        {
            await WaitAsync(session, session.Changes.PowerOffVMTaskAsync(machine.Reference, Ct));
            return await WaitAsync(session, session.Changes.PowerOnVMTaskAsync(machine.Reference, cancellationToken: Ct));
        }));

        ended.ShouldAllBe(task => task.State == TaskInfoState.Success);
        (await MachinesAsync(session)).ShouldAllBe(machine => machine.Get(VirtualMachineProperties.RuntimePowerState) == VirtualMachinePowerState.PoweredOn);
        await Eventually.TrueAsync(() => Filters(server) == 0, "the filters are destroyed");
    }

    [Fact]
    public async Task Task_is_waited_for_although_the_session_expired()
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "1");
        await using var session = await server.OpenAsync(Ct);
        var task = await session.Changes.PowerOffVMTaskAsync((await MachinesAsync(session))[0].Reference, Ct);

        await server.ExpireSessionsAsync();

        (await session.Tasks.WaitAsync(task!, cancellationToken: Ct)).State.ShouldBe(TaskInfoState.Success);
        (await server.SessionsAsync()).ShouldBe([server.User]);
    }

    private static Task<List<RetrievedObject>> MachinesAsync(VSphereSession session) => session.Properties.RetrieveAsync(
        PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name, VirtualMachineProperties.RuntimePowerState), Ct).ToListAsync(Ct).AsTask();

    private static async Task<TaskInfo> WaitAsync(VSphereSession session, Task<ManagedObjectReference?> starting, IProgress<TaskProgress>? progress = null) =>
        await session.Tasks.WaitAsync((await starting)!, TimeSpan.FromMinutes(1), progress, Ct);

    private static int Filters(VCenterSimulator server)
    {
        var calls = server.CallsAsync().GetAwaiter().GetResult();
        return calls.Count(call => call == "CreateFilter") - calls.Count(call => call == "DestroyPropertyFilter");
    }

    private sealed class Listener(ConcurrentQueue<TaskProgress> heard) : IProgress<TaskProgress>
    {
        public void Report(TaskProgress value) => heard.Enqueue(value);
    }
}
