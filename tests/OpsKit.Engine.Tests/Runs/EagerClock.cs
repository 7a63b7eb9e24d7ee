using Microsoft.Extensions.Time.Testing;

namespace OpsKit.Engine.Tests.Runs;

/// <summary>A fake clock on which waits of a few seconds are over at once; longer ones, such as a step's timeout, are the test's to let pass.</summary>
internal sealed class EagerClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(10);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime <= Short && period == Timeout.InfiniteTimeSpan)
            ThreadPool.UnsafeQueueUserWorkItem(_ => Advance(dueTime), null);
        return timer;
    }
}
