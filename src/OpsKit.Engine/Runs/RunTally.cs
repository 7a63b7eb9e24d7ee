using OpsKit.Connections;

namespace OpsKit.Engine.Runs;

/// <summary>Counts what a run's targets came to.</summary>
internal sealed class RunTally
{
    private readonly Lock _gate = new();
    private readonly List<FailureKind> _failures = [];
    private int _targets;
    private int _missing;

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

    /// <summary>A report lacks something that could not be read.</summary>
    public void Miss()
    {
        lock (_gate)
        {
            _missing++;
            _failures.Add(FailureKind.Unreachable);
        }
    }

    /// <summary>What went wrong, counted.</summary>
    public string Summary
    {
        get
        {
            lock (_gate)
            {
                var failed = _failures.Count - _missing;
                return (failed, _missing) switch
                {
                    (0, _) => $"{_missing} not assessed",
                    (_, 0) => $"{failed} of {_targets} targets failed",
                    _ => $"{failed} of {_targets} targets failed, {_missing} not assessed",
                };
            }
        }
    }

    public RunOutcome Outcome(RunStatus status, string? reason) => new(status, reason, Failures, Targets);
}
