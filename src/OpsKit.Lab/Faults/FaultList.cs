using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Faults;

/// <summary>How a fault stands: how many operations it let pass and how many it hit.</summary>
internal sealed record FaultStanding(Fault Fault, int Passed, int Hits, bool Armed);

/// <summary>The faults that are asked for. Every door asks it before it serves an operation.</summary>
internal sealed class FaultList(LabClock clock)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private int _numbers;

    /// <summary>Raised for every operation that is hit.</summary>
    public event Action<Fault, string, string>? Hit;

    /// <summary>Adds a fault. Its duration counts from now where it says no time.</summary>
    /// <returns>The fault with its number.</returns>
    public Fault Add(Fault fault)
    {
        lock (_gate)
        {
            var numbered = fault with { Number = ++_numbers, At = fault.At ?? (fault.Duration is null ? null : clock.Elapsed) };
            _entries.Add(new Entry(numbered));
            return numbered;
        }
    }

    /// <summary>Takes a fault off the list.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(int number)
    {
        lock (_gate)
            return _entries.RemoveAll(entry => entry.Fault.Number == number) > 0;
    }

    /// <summary>Takes all faults off.</summary>
    /// <returns>How many there were.</returns>
    public int Clear()
    {
        lock (_gate)
        {
            var count = _entries.Count;
            _entries.Clear();
            return count;
        }
    }

    public IReadOnlyList<FaultStanding> All
    {
        get
        {
            lock (_gate)
                return [.. _entries.Select(entry => new FaultStanding(entry.Fault, entry.Passed, entry.Hits, entry.IsLive(clock.Elapsed)))];
        }
    }

    /// <summary>The fault that hits this operation; it is counted. Null where it goes well.</summary>
    /// <param name="endpoint">Name of the endpoint, such as <c>vc1</c> or <c>esx01</c>.</param>
    /// <param name="operation">The operation, as the log names it.</param>
    /// <param name="understood">The kinds the caller can act out; none for all. Others are neither returned nor counted.</param>
    public Fault? Next(string endpoint, string operation, params ReadOnlySpan<FaultKind> understood)
    {
        Fault? hit = null;
        lock (_gate)
        {
            var now = clock.Elapsed;
            foreach (var entry in _entries)
            {
                if ((understood.Length > 0 && !understood.Contains(entry.Fault.Kind)) || !entry.IsLive(now) || !entry.Fault.Concerns(endpoint, operation))
                    continue;
                if (entry.Passed < entry.Fault.After)
                {
                    entry.Passed++;
                    continue;
                }

                entry.Hits++;
                hit = entry.Fault;
                break;
            }
        }

        if (hit is not null)
            Hit?.Invoke(hit, endpoint, operation);
        return hit;
    }

    /// <summary>A fault of a kind that stands at an endpoint now, without counting: for conditions that last, such as a full disk or lost probes.</summary>
    public Fault? Standing(FaultKind kind, string endpoint, string operation = "*")
    {
        lock (_gate)
        {
            var now = clock.Elapsed;
            return _entries.Find(entry => entry.Fault.Kind == kind && entry.IsLive(now) && entry.Fault.Concerns(endpoint, operation))?.Fault;
        }
    }

    private sealed class Entry(Fault fault)
    {
        public Fault Fault => fault;
        public int Passed { get; set; }
        public int Hits { get; set; }

        public bool IsLive(TimeSpan now) => fault.IsArmedAt(now) && (fault.Times is not { } times || Hits < times);
    }
}
