using OpsKit.Connections;

namespace OpsKit.Engine.Runs;

/// <summary>Counts what a run's targets came to.</summary>
internal sealed class RunTally
{
    private readonly Lock _gate = new();
    private readonly List<FailureKind> _failures = [];
    private int _targets;

    public int Targets => Volatile.Read(ref _targets);

    public IReadOnlyList<FailureKind> Failures
    {
        get
        {
            lock (_gate)
                return [.. _failures];
        }
    }

    public void Count() => Interlocked.Increment(ref _targets);

    public void Fail(FailureKind kind)
    {
        lock (_gate)
            _failures.Add(kind);
    }

    public RunOutcome Outcome(RunStatus status, string? reason) => new(status, reason, Failures, Targets);
}
