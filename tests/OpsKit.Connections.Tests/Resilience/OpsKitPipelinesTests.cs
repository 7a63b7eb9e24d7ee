using Microsoft.Extensions.Time.Testing;
using OpsKit.Connections.Resilience;
using Polly;

namespace OpsKit.Connections.Tests.Resilience;

public sealed class OpsKitPipelinesTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<DateTimeOffset> _attempts = [];

    [Fact]
    public async Task Query_is_made_four_times_each_later_than_the_one_before()
    {
        await Should.ThrowAsync<IOException>(() => CallAsync(OpsKitPipelines.Query(_clock, e => e is IOException), () => new IOException()));

        _attempts.Count.ShouldBe(1 + OpsKitPipelines.QueryRetries);
        var waits = _attempts.Zip(_attempts.Skip(1), (before, after) => after - before).ToArray();
        waits.ShouldAllBe(wait => wait > TimeSpan.Zero && wait < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Query_that_succeeds_at_last_is_a_success()
    {
        var failures = new Queue<Exception?>([new IOException(), new IOException(), null]);

        await CallAsync(OpsKitPipelines.Query(_clock, e => e is IOException), failures.Dequeue);

        _attempts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Queries_that_failed_together_are_not_repeated_together()
    {
        var second = new HashSet<DateTimeOffset>();
        for (var i = 0; i < 20; i++)
        {
            var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
            var attempts = new List<DateTimeOffset>();
            await Should.ThrowAsync<IOException>(() => CallAsync(OpsKitPipelines.Query(clock, _ => true), () => new IOException(), clock, attempts));
            second.Add(attempts[1]);
        }

        second.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Query_refused_for_good_is_made_once()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => CallAsync(OpsKitPipelines.Query(_clock, e => e is IOException), () => new InvalidOperationException()));

        _attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelled_call_is_not_made_again_whatever_the_protocol_says()
    {
        await Should.ThrowAsync<OperationCanceledException>(() => CallAsync(OpsKitPipelines.Query(_clock, _ => true), () => new OperationCanceledException()));

        _attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Wait_before_the_next_attempt_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var waiting = OpsKitPipelines.Query(_clock, _ => true).ExecuteAsync(_ => throw new IOException(), stop.Token).AsTask();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Connection_dropped_at_the_door_is_asked_for_again()
    {
        await Should.ThrowAsync<IOException>(() => CallAsync(OpsKitPipelines.Connect(_clock, e => e is IOException), () => new IOException()));

        _attempts.Count.ShouldBe(1 + OpsKitPipelines.ConnectRetries);
    }

    [Fact]
    public async Task Change_is_made_once_whatever_becomes_of_it()
    {
        await Should.ThrowAsync<IOException>(() => CallAsync(OpsKitPipelines.Change(_clock), () => new IOException()));

        _attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Login_is_tried_once_whatever_becomes_of_it()
    {
        await Should.ThrowAsync<IOException>(() => CallAsync(OpsKitPipelines.Authentication(_clock), () => new IOException()));

        _attempts.Count.ShouldBe(1);
    }

    private Task CallAsync(ResiliencePipeline pipeline, Func<Exception?> outcome) => CallAsync(pipeline, outcome, _clock, _attempts);

    private static async Task CallAsync(ResiliencePipeline pipeline, Func<Exception?> outcome, FakeTimeProvider clock, List<DateTimeOffset> attempts)
    {
        var call = pipeline.ExecuteAsync(_ =>
        {
            attempts.Add(clock.GetUtcNow());
            return outcome() is { } failure ? ValueTask.FromException(failure) : ValueTask.CompletedTask;
        }).AsTask();
        while (!call.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        await call;
    }
}
