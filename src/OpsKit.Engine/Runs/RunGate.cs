using OpsKit.Engine.Guards;

namespace OpsKit.Engine.Runs;

/// <summary>Lets a change begin while the guards are healthy; one at a time asks where they are inconclusive.</summary>
internal sealed class RunGate(IGuardWatch guards, IRunConsole console, IRunWriter journal) : IDisposable
{
    private readonly SemaphoreSlim _asking = new(1, 1);
    private GuardState? _stopped;
    private GuardState? _accepted;

    /// <summary>The guard that stopped the run; null while none has.</summary>
    public GuardState? Stopped => Volatile.Read(ref _stopped);

    /// <summary>Whether a change may begin. Waits while the guards cannot tell and a human may.</summary>
    public async Task<bool> MayBeginAsync(CancellationToken cancellationToken)
    {
        if (Look() is { } at)
            return at;
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                if (Look() is { } now)
                    return now;
                if (!await AskAsync(cancellationToken).ConfigureAwait(false))
                    return false;
            }
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    /// <summary>True: go on; false: stopped; null: ask.</summary>
    private bool? Look()
    {
        if (Stopped is not null)
            return false;
        switch (guards.Worst)
        {
            case null or { Verdict: Verdict.Healthy }:
                Volatile.Write(ref _accepted, null);
                return true;
            case { Verdict: Verdict.Breached } breached:
                Stop(breached, "guard-breached");
                return false;
            case { } unsure when _accepted is { } accepted && accepted.Guard == unsure.Guard && accepted.Since == unsure.Since:
                return true;
            default:
                return null;
        }
    }

    /// <summary>Whoever answers first decides: the human, or the guards by getting better or worse.</summary>
    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        using var settled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Waiting begins before the look: what changes in between is not missed.
        var change = guards.WaitForChangeAsync(settled.Token);
        if (guards.Worst is not { Verdict: Verdict.Inconclusive } unsure)
        {
            await settled.CancelAsync().ConfigureAwait(false);
            await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        }

        journal.Event("paused", 0, "", $"guard {unsure.Guard}: {unsure.Reason}");
        var answer = console.GoOnAsync($"guard {unsure.Guard} cannot tell: {unsure.Reason}. Go on?", settled.Token);
        var first = await Task.WhenAny(answer, change).ConfigureAwait(false);
        await settled.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (first == change)
        {
            await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        }

        await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (await answer.ConfigureAwait(false))
        {
            journal.Event("resumed", 0, "", $"the operator goes on although guard {unsure.Guard} cannot tell");
            Volatile.Write(ref _accepted, unsure);
            return true;
        }

        Stop(unsure, "guard-inconclusive");
        return false;
    }

    private void Stop(GuardState state, string kind)
    {
        if (Interlocked.CompareExchange(ref _stopped, state, null) is null)
            journal.Event(kind, 0, "", $"guard {state.Guard}: {state.Reason}");
    }
}
