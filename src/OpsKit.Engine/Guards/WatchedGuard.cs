namespace OpsKit.Engine.Guards;

/// <summary>A guard at work. Judged from any thread while its sampler runs.</summary>
internal abstract class WatchedGuard(string name)
{
    public string Name => name;

    /// <summary>Samples until cancelled. Ends early with an exception where it cannot go on.</summary>
    /// <param name="heard">To be called when the judgement may have changed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public virtual Task RunAsync(Action heard, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Judges as of now.</summary>
    public abstract Judgement Judge();

    /// <summary>Ends when there is something to judge by.</summary>
    public virtual Task FirstHeard => Task.CompletedTask;

    /// <summary>What came of it, for a guard with targets.</summary>
    public virtual IReadOnlyList<TargetOutage> Statistics => [];

    /// <summary>Tells that the first step is about to begin.</summary>
    public virtual void BeginSteps()
    {
    }

    /// <summary>Tells that a target failed.</summary>
    public virtual void TargetFailed(string target)
    {
    }
}
