using OpsKit.Vim25;

namespace OpsKit.Lab.Operations;

/// <summary>One operation the lab received.</summary>
internal sealed record LoggedOperation(long Sequence, TimeSpan LabTime, DateTimeOffset At, string Endpoint, string Operation, OperationKind Kind, string Target, string Summary);

/// <summary>Every operation the lab received, in order: what a dry run must not change and a resumed one must not do twice.</summary>
internal sealed class OperationLog(Estate.LabClock clock)
{
    private readonly Lock _gate = new();
    private readonly List<LoggedOperation> _operations = [];

    /// <summary>Raised for each operation, in order.</summary>
    public event Action<LoggedOperation>? Logged;

    public void Add(string endpoint, string operation, OperationKind kind, string target, string summary)
    {
        lock (_gate)
        {
            var logged = new LoggedOperation(_operations.Count + 1, clock.Elapsed, clock.Real.GetUtcNow(), endpoint, operation, kind, target, summary);
            _operations.Add(logged);
            Logged?.Invoke(logged);
        }
    }

    public IReadOnlyList<LoggedOperation> All
    {
        get
        {
            lock (_gate)
                return [.. _operations];
        }
    }

    /// <summary>What came after an operation, by its sequence number; 0 for everything.</summary>
    public IReadOnlyList<LoggedOperation> After(long sequence)
    {
        lock (_gate)
            return sequence >= _operations.Count ? [] : _operations.GetRange((int)Math.Max(0, sequence), _operations.Count - (int)Math.Max(0, sequence));
    }

    public IEnumerable<LoggedOperation> Changes => All.Where(operation => operation.Kind == OperationKind.Change);
}
