using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;

namespace OpsKit.Engine.Tests.Runs;

public sealed class SharedUsesTests
{
    private static readonly SharedUse Host = new("host esx01", 1);
    private static readonly SharedUse Wide = new("datastore ds01", 2);
    private readonly SharedUses _uses = new();

    [Fact]
    public async Task Who_shares_nothing_that_is_full_begins_at_once()
    {
        using var first = await _uses.TakeAsync([Host, Wide], TestContext.Current.CancellationToken);
        using var second = await _uses.TakeAsync([new SharedUse("host esx02", 1), Wide], TestContext.Current.CancellationToken);

        _uses.TakeAsync([Wide], TestContext.Current.CancellationToken).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_waits_is_served_in_order_and_holds_nothing_meanwhile()
    {
        var first = await _uses.TakeAsync([Host], TestContext.Current.CancellationToken);
        var second = _uses.TakeAsync([Host, Wide], TestContext.Current.CancellationToken);
        var third = _uses.TakeAsync([Host], TestContext.Current.CancellationToken);
        using var beside = await _uses.TakeAsync([Wide with { AtMost = 1 }], TestContext.Current.CancellationToken);

        first.Dispose();
        first.Dispose();

        using var served = await second;
        third.IsCompleted.ShouldBeFalse("one host has room for one");
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_room_for_the_next()
    {
        using var impatience = new CancellationTokenSource();
        var first = await _uses.TakeAsync([Host], TestContext.Current.CancellationToken);
        var second = _uses.TakeAsync([Host], impatience.Token);
        var third = _uses.TakeAsync([Host], TestContext.Current.CancellationToken);

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        third.IsCompleted.ShouldBeFalse();
        first.Dispose();

        using var served = await third;
    }
}
