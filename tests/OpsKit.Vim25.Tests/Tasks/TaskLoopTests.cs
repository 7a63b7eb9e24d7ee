using Microsoft.Extensions.Time.Testing;
using OpsKit.TestKit;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Tasks;

/// <summary>The one loop under all waiting: how few calls it makes, when it ends, and what it survives.</summary>
public sealed class TaskLoopTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_tasks_share_one_loop()
    {
        await using var server = new TaskServer();
        var keys = Enumerable.Range(0, 200).Select(i => $"task-{i}").ToArray();
        var waiting = keys.Select(key => server.Waiter.WaitAsync(server.Add(key), cancellationToken: Ct)).ToArray();
        await server.ToldAllAsync();
        var before = server.Calls.Count;
        before.ShouldBeLessThan(20);

        server.Together(() => Array.ForEach(keys, key => server.Succeed(key)));

        (await Task.WhenAll(waiting)).Select(info => info.Key).ShouldBe(keys);
        server.MostWaiting.ShouldBe(1);
        await Eventually.TrueAsync(() => server.Filters == 0, "the filters are destroyed");
        server.Calls.Skip(before).Distinct().ShouldBe(["RetrievePropertiesEx", "DestroyPropertyFilter"]);
        server.Calls.Skip(before).Count(call => call == "RetrievePropertiesEx").ShouldBe(1);
    }

    [Fact]
    public async Task Loop_ends_with_its_last_task_and_begins_anew_with_the_next()
    {
        await using var server = new TaskServer();
        foreach (var key in new[] { "task-1", "task-2" })
        {
            var waiting = server.Waiter.WaitAsync(server.Add(key), cancellationToken: Ct);
            await server.ToldAllAsync();
            server.Succeed(key);
            await waiting;
            await Eventually.TrueAsync(() => server.Filters == 0, "the filter is destroyed");
            server.Waiting.ShouldBe(0);
        }

        server.Count("CreateFilter").ShouldBe(2);
        server.Count("DestroyPropertyFilter").ShouldBe(2);
    }

    [Fact]
    public async Task Task_that_comes_later_does_not_wait_for_the_others_news()
    {
        await using var server = new TaskServer();
        var slow = server.Waiter.WaitAsync(server.Add("task-1"), cancellationToken: Ct);
        await server.ToldAllAsync();
        var ended = server.Add("task-2");
        server.Succeed("task-2");

        await server.Waiter.WaitAsync(ended, cancellationToken: Ct);

        server.Count("CancelWaitForUpdates").ShouldBe(1);
        slow.IsCompleted.ShouldBeFalse();
        await server.ToldAllAsync();
        server.Succeed("task-1");
        await slow;
    }

    [Fact]
    public async Task News_that_comes_in_pieces_is_read_to_the_end()
    {
        await using var server = new TaskServer { MostUpdates = 2 };
        var keys = Enumerable.Range(0, 7).Select(i => $"task-{i}").ToArray();
        var waiting = keys.Select(key => server.Waiter.WaitAsync(server.Add(key), cancellationToken: Ct)).ToArray();
        await server.ToldAllAsync();
        var before = server.Calls.Count;

        server.Together(() => Array.ForEach(keys, key => server.Succeed(key)));

        (await Task.WhenAll(waiting)).ShouldAllBe(info => info.State == TaskInfoState.Success);
        server.Calls.Skip(before).Count(call => call == "WaitForUpdatesEx").ShouldBe(3);
    }

    [Fact]
    public async Task Wait_that_ends_without_news_is_used_to_look_at_the_tasks()
    {
        await using var server = new TaskServer();
        var waiting = server.Waiter.WaitAsync(server.Add("task-1"), cancellationToken: Ct);
        await server.ToldAllAsync();
        server.EndWait();
        await Eventually.TrueAsync(() => server.Count("WaitForUpdatesEx") == 3, "the next wait begins");
        waiting.IsCompleted.ShouldBeFalse();
        await server.ToldAllAsync();

        server.SucceedSilently("task-1");
        server.EndWait();

        (await waiting).State.ShouldBe(TaskInfoState.Success);
    }

    [Fact]
    public async Task Session_that_was_lost_and_renewed_is_watched_anew()
    {
        var clock = new FakeTimeProvider();
        await using var server = new TaskServer(clock);
        var waiting = server.Waiter.WaitAsync(server.Add("task-1"), cancellationToken: Ct);
        await server.ToldAllAsync();

        server.LoseSession();
        await PassTimeAsync(clock, () => server.Count("CreateFilter") == 2);
        await server.ToldAllAsync();
        server.Succeed("task-1");

        (await waiting).State.ShouldBe(TaskInfoState.Success);
        await Eventually.TrueAsync(() => server.Filters == 0, "the filter is destroyed");
    }

    [Fact]
    public async Task Task_that_ended_while_the_session_was_lost_is_seen()
    {
        var clock = new FakeTimeProvider();
        await using var server = new TaskServer(clock);
        var waiting = server.Waiter.WaitAsync(server.Add("task-1"), cancellationToken: Ct);
        await server.ToldAllAsync();

        server.Together(() =>
        {
            server.SucceedSilently("task-1");
            server.LoseSession();
        });
        await PassTimeAsync(clock, () => waiting.IsCompleted);

        (await waiting).State.ShouldBe(TaskInfoState.Success);
    }

    [Fact]
    public async Task Filter_that_outlived_a_failed_call_is_destroyed()
    {
        var clock = new FakeTimeProvider();
        await using var server = new TaskServer(clock);
        var waiting = server.Waiter.WaitAsync(server.Add("task-1"), cancellationToken: Ct);
        await server.ToldAllAsync();

        server.BreakWait();
        await PassTimeAsync(clock, () => server.Count("CreateFilter") == 2);
        await server.ToldAllAsync();

        server.Filters.ShouldBe(1);
        server.Succeed("task-1");
        await waiting;
    }

    [Fact]
    public async Task Server_that_goes_on_refusing_is_given_up_with_its_fault()
    {
        var clock = new FakeTimeProvider();
        await using var server = new TaskServer(clock);
        server.Refuse("RetrievePropertiesEx", "NotAuthenticated", "The session is not authenticated.");

        var waiting = server.Waiter.WaitAsync(server.Add("task-1"), cancellationToken: Ct);
        await PassTimeAsync(clock, () => waiting.IsCompleted);

        (await Should.ThrowAsync<VimFaultException>(waiting)).Fault.ShouldBeOfType<NotAuthenticated>();
        server.Count("RetrievePropertiesEx").ShouldBe(5);
    }

    [Fact]
    public async Task Server_that_cannot_wait_is_asked_every_other_second()
    {
        var clock = new FakeTimeProvider();
        await using var server = new TaskServer(clock);
        server.Refuse("WaitForUpdatesEx", "MethodNotFound");
        var waiting = server.Waiter.WaitAsync(server.Add("task-1"), cancellationToken: Ct);
        await PassTimeAsync(clock, () => server.Count("RetrievePropertiesEx") > 3);

        server.Succeed("task-1");
        await PassTimeAsync(clock, () => waiting.IsCompleted);

        (await waiting).State.ShouldBe(TaskInfoState.Success);
        server.Count("WaitForUpdatesEx").ShouldBe(1);
        await Eventually.TrueAsync(() => server.Filters == 0, "the filter is destroyed");
    }

    private static Task PassTimeAsync(FakeTimeProvider clock, Func<bool> until) => Eventually.TrueAsync(
        () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return until();
        },
        "what was waited for happens as time passes");
}
