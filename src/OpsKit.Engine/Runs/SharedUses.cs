using OpsKit.Engine.Plans;

namespace OpsKit.Engine.Runs;

/// <summary>
/// Keeps targets from crowding what they share: each begins when all it shares has room, and holds all of it or nothing, so that nobody waits for another in
/// a circle. First come, first served, but for those who need not wait.
/// </summary>
internal sealed class SharedUses
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _inUse = new(StringComparer.Ordinal);
    private readonly List<Waiter> _waiting = [];

    /// <summary>Waits until all of it has room.</summary>
    /// <returns>Gives it back when disposed.</returns>
    public async Task<IDisposable> TakeAsync(IReadOnlyList<SharedUse> uses, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(uses);
        lock (_gate)
        {
            if (!TryTake(uses))
                _waiting.Add(waiter);
            else
                waiter.Turn.SetResult();
        }

        try
        {
            await waiter.Turn.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Leave(waiter);
            throw;
        }

        return new Share(this, uses);
    }

    private void Leave(Waiter waiter)
    {
        bool had;
        lock (_gate)
            had = !_waiting.Remove(waiter);
        if (had)
            Give(waiter.Uses);
    }

    private bool TryTake(IReadOnlyList<SharedUse> uses)
    {
        if (uses.Any(use => _inUse.GetValueOrDefault(use.Name) >= Math.Max(1, use.AtMost)))
            return false;
        foreach (var use in uses)
            _inUse[use.Name] = _inUse.GetValueOrDefault(use.Name) + 1;
        return true;
    }

    private void Give(IReadOnlyList<SharedUse> uses)
    {
        List<Waiter> next;
        lock (_gate)
        {
            foreach (var use in uses)
                _inUse[use.Name]--;
            next = [];
            foreach (var waiter in _waiting)
            {
                if (TryTake(waiter.Uses))
                    next.Add(waiter);
            }

            _waiting.RemoveAll(next.Contains);
        }

        foreach (var waiter in next)
            waiter.Turn.SetResult();
    }

    private sealed record Waiter(IReadOnlyList<SharedUse> Uses)
    {
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Share(SharedUses owner, IReadOnlyList<SharedUse> uses) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
                owner.Give(uses);
        }
    }
}
