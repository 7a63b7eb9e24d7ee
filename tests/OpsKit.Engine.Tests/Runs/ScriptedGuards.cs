using OpsKit.Engine.Guards;

namespace OpsKit.Engine.Tests.Runs;

/// <summary>One guard that says what the test wants.</summary>
internal sealed class ScriptedGuards : IGuardWatch
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GuardState? _worst;
    private int _waiting;

    public GuardState? Worst
    {
        get
        {
            lock (_lock)
                return _worst;
        }
    }

    public IReadOnlyList<GuardState> All => Worst is { } worst ? [worst] : [];

    public List<string> Failed { get; } = [];

    /// <summary>How often somebody began to wait for a change.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void Say(Verdict verdict, string reason)
    {
        TaskCompletionSource over;
        lock (_lock)
        {
            _worst = new GuardState("watch", verdict, reason, DateTimeOffset.UnixEpoch);
            (over, _change) = (_change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        over.SetResult();
    }

    public Task WaitForChangeAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        lock (_lock)
            return _change.Task.WaitAsync(cancellationToken);
    }

    public void TargetFailed(string name)
    {
        lock (_lock)
            Failed.Add(name);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
