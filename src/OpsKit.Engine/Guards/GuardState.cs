namespace OpsKit.Engine.Guards;

/// <summary>What a guard says, worst last.</summary>
public enum Verdict
{
    /// <summary>Go on.</summary>
    Healthy,

    /// <summary>It cannot be told: begin nothing, and ask.</summary>
    Inconclusive,

    /// <summary>Stop: begin nothing more.</summary>
    Breached,
}

/// <summary>How a guard stands.</summary>
/// <param name="Guard">Its name.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Reason">Why, in one line.</param>
/// <param name="Since">Since when.</param>
public sealed record GuardState(string Guard, Verdict Verdict, string Reason, DateTimeOffset Since);

/// <summary>The guards of a run, at work beside its steps.</summary>
public interface IGuardWatch : IAsyncDisposable
{
    /// <summary>The guard that is worst off; null where there are none.</summary>
    GuardState? Worst { get; }

    /// <summary>Every guard's state.</summary>
    IReadOnlyList<GuardState> All { get; }

    /// <summary>Ends when the verdict of any guard, or what it rests on, changes after the call.</summary>
    Task WaitForChangeAsync(CancellationToken cancellationToken);

    /// <summary>Tells that a target failed.</summary>
    void TargetFailed(string name);
}
