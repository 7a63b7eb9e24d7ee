using OpsKit.Connections;

namespace OpsKit.Engine.Runs;

/// <summary>What a run came to.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Reason">Why; null for nothing to say.</param>
/// <param name="Failures">The kinds of failures of its targets.</param>
/// <param name="Targets">How many targets it had, over all steps.</param>
public sealed record RunOutcome(RunStatus Status, string? Reason, IReadOnlyList<FailureKind> Failures, int Targets)
{
    /// <summary>Whether a guard stopped it.</summary>
    public bool StoppedByGuard { get; init; }
}
