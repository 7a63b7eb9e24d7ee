using Microsoft.Extensions.Time.Testing;

namespace OpsKit.TestKit;

/// <summary>
/// A clock that moves when told to and knows how many wait for it: who moves it only once all of them wait cannot overtake one that has read
/// the time and not begun to wait yet.
/// </summary>
public sealed class WaitingClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int _waiting;

    /// <summary>Timers that are set and have not gone off.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Moves on when so many wait.</summary>
    public async Task AdvanceWhenAsync(int waiting, TimeSpan time)
    {
        await Eventually.TrueAsync(() => Waiting == waiting, $"{waiting} to wait for the clock");
        Advance(time);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var once = new Once(this);
        once.Inner = base.CreateTimer(
            _ =>
            {
                once.End();
                callback(state);
            },
            null,
            dueTime,
            period);
        return once;
    }

    private sealed class Once : ITimer
    {
        private readonly WaitingClock _clock;
        private int _ended;

        public Once(WaitingClock clock)
        {
            _clock = clock;
            Interlocked.Increment(ref clock._waiting);
        }

        public ITimer? Inner { get; set; }

        public void End()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
                Interlocked.Decrement(ref _clock._waiting);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Inner!.Change(dueTime, period);

        public void Dispose()
        {
            End();
            Inner?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
