namespace OpsKit.Engine.Guards;

/// <summary>The guards of a run, and those of the step at hand beside them.</summary>
internal sealed class JoinedGuards(IGuardWatch run) : IGuardWatch, IWatchdog
{
    private readonly Lock _gate = new();
    private IGuardWatch? _step;
    private TaskCompletionSource _joined = NewChange();

    public GuardState? Worst => All.MaxBy(state => state.Verdict);

    public IReadOnlyList<GuardState> All => [.. Watches.SelectMany(watch => watch.All)];

    public int Addresses => Dogs.Sum(dog => dog.Addresses);

    public TimeSpan CleanFor => Dogs.Where(dog => dog.Addresses > 0).Select(dog => dog.CleanFor).DefaultIfEmpty().Min();

    private IReadOnlyList<IGuardWatch> Watches
    {
        get
        {
            lock (_gate)
                return _step is null ? [run] : [run, _step];
        }
    }

    private IEnumerable<IWatchdog> Dogs => Watches.OfType<IWatchdog>();

    /// <summary>Puts a step's guards beside the run's; null takes them away.</summary>
    public void Join(IGuardWatch? step)
    {
        TaskCompletionSource changed;
        lock (_gate)
            (_step, changed, _joined) = (step, _joined, NewChange());
        changed.TrySetResult();
    }

    public IReadOnlyList<TargetLosses> Since(long timestamp) => [.. Dogs.SelectMany(dog => dog.Since(timestamp))];

    public async Task WaitForChangeAsync(CancellationToken cancellationToken)
    {
        using var first = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task joined;
        lock (_gate)
            joined = _joined.Task.WaitAsync(first.Token);
        var changes = Watches.Select(watch => watch.WaitForChangeAsync(first.Token)).Append(joined).ToList();
        await Task.WhenAny(changes).ConfigureAwait(false);
        await first.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(changes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void TargetFailed(string name)
    {
        foreach (var watch in Watches)
            watch.TargetFailed(name);
    }

    /// <summary>Whoever started the guards ends them.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
