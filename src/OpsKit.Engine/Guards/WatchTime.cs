namespace OpsKit.Engine.Guards;

/// <summary>The time of a watch: monotonic from its beginning, and the wall time that was then.</summary>
internal sealed class WatchTime(TimeProvider clock)
{
    private readonly long _began = clock.GetTimestamp();
    private readonly DateTimeOffset _wall = clock.GetUtcNow();

    public TimeProvider Clock => clock;

    /// <summary>Since the watch began.</summary>
    public TimeSpan Now => clock.GetElapsedTime(_began);

    /// <summary>When a timestamp of the clock was taken.</summary>
    public TimeSpan At(long timestamp) => clock.GetElapsedTime(_began, timestamp);

    /// <summary>The wall time of a moment, as if nobody had set the clock meanwhile.</summary>
    public DateTimeOffset WallAt(TimeSpan moment) => _wall + moment;

    /// <summary>Waits until a moment.</summary>
    public async Task UntilAsync(TimeSpan moment, CancellationToken cancellationToken)
    {
        var early = moment - Now;
        if (early > TimeSpan.Zero)
            await Task.Delay(early, clock, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
