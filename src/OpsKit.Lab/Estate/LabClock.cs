namespace OpsKit.Lab.Estate;

/// <summary>Lab time: runs <see cref="Speed"/> times as fast as the clock behind it, from the moment the lab began.</summary>
internal sealed class LabClock(TimeProvider real, double speed) : TimeProvider
{
    private readonly DateTimeOffset _began = real.GetUtcNow();
    private readonly long _beganAt = real.GetTimestamp();

    public double Speed { get; } = speed > 0 ? speed : throw new ArgumentOutOfRangeException(nameof(speed), speed, "above 0");

    public TimeProvider Real => real;

    public override DateTimeOffset GetUtcNow() => _began + Elapsed;

    /// <summary>Lab time since the lab began.</summary>
    public TimeSpan Elapsed => real.GetElapsedTime(_beganAt) * Speed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, Shorten(dueTime), Shorten(period));

    private TimeSpan Shorten(TimeSpan labTime) => labTime < TimeSpan.Zero ? labTime : labTime / Speed;
}
