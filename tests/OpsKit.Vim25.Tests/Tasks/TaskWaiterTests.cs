using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using OpsKit.TestKit;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Tasks;

public sealed class TaskWaiterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Task_that_succeeds_gives_its_result_typed()
    {
        await using var server = new TaskServer();
        var waiting = server.Waiter.WaitAsync(server.Add("task-1"), cancellationToken: Ct);
        await server.ToldAllAsync();

        server.Succeed("task-1", """<result xsi:type="ManagedObjectReference" type="VirtualMachineSnapshot">snapshot-7</result>""");

        var info = await waiting;
        info.State.ShouldBe(TaskInfoState.Success);
        info.Result.ShouldBe(new ManagedObjectReference("VirtualMachineSnapshot", "snapshot-7"));
    }

    [Fact]
    public async Task Task_that_fails_throws_its_fault_typed_and_says_what_it_did_to_what()
    {
        await using var server = new TaskServer();
        var waiting = server.Waiter.WaitAsync(server.Add("task-1"), cancellationToken: Ct);
        await server.ToldAllAsync();

        server.Fail("task-1", """
            <fault xsi:type="InvalidPowerState"><requestedState>poweredOn</requestedState><existingState>poweredOn</existingState></fault>
            <localizedMessage>The attempted operation cannot be performed in the current state (Powered on).</localizedMessage>
            """);

        var error = await Should.ThrowAsync<VimTaskException>(waiting);
        error.Fault.ShouldBeOfType<InvalidPowerState>().ExistingState.ShouldBe(VirtualMachinePowerState.PoweredOn);
        error.Task.Key.ShouldBe("task-1");
        error.Message.ShouldStartWith("VirtualMachine.powerOn of db01 (task-1): The attempted operation");
    }

    [Fact]
    public async Task Error_without_a_fault_is_an_error_all_the_same()
    {
        await using var server = new TaskServer();
        var task = server.Add("task-1");
        server.Fail("task-1", "");

        (await Should.ThrowAsync<VimTaskException>(server.Waiter.WaitAsync(task, cancellationToken: Ct))).FaultType.ShouldBe("no fault given");
    }

    [Fact]
    public async Task Task_that_has_ended_costs_one_call()
    {
        await using var server = new TaskServer();
        var task = server.Add("task-1");
        server.Succeed("task-1");

        await server.Waiter.WaitAsync(task, cancellationToken: Ct);

        server.Calls.ShouldBe(["RetrievePropertiesEx"]);
    }

    [Fact]
    public async Task Progress_is_told_once_a_change()
    {
        await using var server = new TaskServer();
        var heard = new Listener();
        var waiting = server.Waiter.WaitAsync(server.Add("task-1"), progress: heard, cancellationToken: Ct);
        foreach (var percent in new[] { 10, 10, 60 })
        {
            await server.ToldAllAsync();
            server.Progress("task-1", percent);
            await heard.HasAsync(percent);
        }

        server.Succeed("task-1");
        await waiting;

        heard.Heard.Select(news => (news.State!.Value.Value, news.Percent)).ShouldBe([("running", null), ("running", 10), ("running", 60), ("success", 60)]);
        heard.Heard.ShouldAllBe(news => news.Description == "VirtualMachine.powerOn" && news.EntityName == "db01");
    }

    [Fact]
    public async Task Second_waiter_for_one_task_shares_the_first_ones_watch()
    {
        await using var server = new TaskServer();
        var task = server.Add("task-1");
        var first = server.Waiter.WaitAsync(task, cancellationToken: Ct);
        await server.ToldAllAsync();

        var second = server.Waiter.WaitAsync(task, cancellationToken: Ct);
        server.Succeed("task-1");

        (await second).ShouldBeSameAs(await first);
        server.Count("CreateFilter").ShouldBe(1);
    }

    [Fact]
    public async Task Cancelled_caller_cancels_a_task_that_can_be_and_leaves_nothing_behind()
    {
        await using var server = new TaskServer();
        using var stop = new CancellationTokenSource();
        var waiting = server.Waiter.WaitAsync(server.Add("task-1"), cancellationToken: stop.Token);
        await server.ToldAllAsync();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
        server.Count("CancelTask").ShouldBe(1);
        await Eventually.TrueAsync(() => server.Filters == 0, "the filter is destroyed");
    }

    [Fact]
    public async Task Cancelled_caller_leaves_a_task_alone_that_cannot_be_cancelled()
    {
        await using var server = new TaskServer();
        using var stop = new CancellationTokenSource();
        var waiting = server.Waiter.WaitAsync(server.Add("task-1", cancelable: false), cancellationToken: stop.Token);
        await server.ToldAllAsync();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
        server.Count("CancelTask").ShouldBe(0);
    }

    [Fact]
    public async Task Cancelled_caller_is_let_go_at_once_when_the_server_refuses_to_cancel()
    {
        await using var server = new TaskServer(new FakeTimeProvider());
        server.Refuse("CancelTask", "NotSupported");
        using var stop = new CancellationTokenSource();
        var waiting = server.Waiter.WaitAsync(server.Add("task-1"), cancellationToken: stop.Token);
        await server.ToldAllAsync();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting.WaitAsync(TimeSpan.FromSeconds(30), Ct));
        server.Count("CancelTask").ShouldBe(1);
    }

    [Fact]
    public async Task Time_limit_names_the_task_that_goes_on()
    {
        var clock = new FakeTimeProvider();
        await using var server = new TaskServer(clock);
        var task = server.Add("task-1");
        var waiting = server.Waiter.WaitAsync(task, TimeSpan.FromMinutes(5), cancellationToken: Ct);
        await server.ToldAllAsync();

        clock.Advance(TimeSpan.FromMinutes(5));

        var error = await Should.ThrowAsync<VimTaskTimeoutException>(waiting);
        error.Message.ShouldBe("VirtualMachine.powerOn of db01 (task-1) did not end within 300 s; the task goes on in vCenter as task-1");
        error.Reference.ShouldBe(task);
        server.Count("CancelTask").ShouldBe(0);
    }

    [Fact]
    public async Task Task_the_server_forgot_is_told_as_one_whose_outcome_is_unknown()
    {
        await using var server = new TaskServer();

        var error = await Should.ThrowAsync<VimException>(server.Waiter.WaitAsync(new ManagedObjectReference("Task", "task-9"), cancellationToken: Ct));

        error.Message.ShouldStartWith("task-9 is no longer known to the server");
    }

    [Fact]
    public async Task End_of_the_session_lets_all_callers_go()
    {
        await using var server = new TaskServer();
        var waiting = Enumerable.Range(0, 20).Select(i => server.Waiter.WaitAsync(server.Add($"task-{i}"), cancellationToken: Ct)).ToArray();
        await server.ToldAllAsync();

        await server.Waiter.DisposeAsync();

        foreach (var call in waiting)
            (await Should.ThrowAsync<ObjectDisposedException>(call)).Message.ShouldContain("goes on in vCenter");
        await Should.ThrowAsync<ObjectDisposedException>(server.Waiter.WaitAsync(server.Add("task-99"), cancellationToken: Ct));
    }

    private sealed class Listener : IProgress<TaskProgress>
    {
        public ConcurrentQueue<TaskProgress> Heard { get; } = [];

        public void Report(TaskProgress value) => Heard.Enqueue(value);

        public Task HasAsync(int percent) => Eventually.TrueAsync(() => Heard.Any(news => news.Percent == percent), $"{percent} % is told");
    }
}
