using OpsKit.Vim25.Types;

namespace OpsKit.Vim25;

/// <summary>
/// Waits for tasks of the server. All tasks waited for through one waiter share one WaitForUpdatesEx loop; tasks that have ended when they
/// are first looked at cost one call for all of them.
/// </summary>
public sealed class TaskWaiter : IAsyncDisposable
{
    /// <summary>How long a cancelled task is waited for before its caller is let go.</summary>
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(10);

    private readonly IVimChanges _changes;
    private readonly TaskWatch _watch;
    private readonly TimeProvider _clock;

    /// <summary>Creates a waiter; a session needs one.</summary>
    /// <param name="queries">Reads the tasks.</param>
    /// <param name="changes">Cancels them.</param>
    /// <param name="properties">Reads the tasks.</param>
    /// <param name="content">The server's service content.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    public TaskWaiter(IVimQueries queries, IVimChanges changes, PropertyRetriever properties, ServiceContent content, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        _clock = clock ?? TimeProvider.System;
        _changes = changes;
        _watch = new TaskWatch(queries, properties, content.PropertyCollector ?? throw new VimProtocolException("the server names no property collector"), _clock);
    }

    /// <summary>Waits until a task has ended.</summary>
    /// <param name="task">The task, as a <c>…_Task</c> operation returned it.</param>
    /// <param name="timeout">How long to wait; null for as long as it takes. A task that is not waited for any more goes on.</param>
    /// <param name="progress">Hears of every change of state and percentage; on any thread.</param>
    /// <param name="cancellationToken">Cancels the task where it can be cancelled, then stops waiting.</param>
    /// <returns>The ended task, with its result.</returns>
    /// <exception cref="VimTaskException">The task ended in an error.</exception>
    /// <exception cref="VimTaskTimeoutException">The task did not end in time.</exception>
    public async Task<TaskInfo> WaitAsync(
        ManagedObjectReference task, TimeSpan? timeout = null, IProgress<TaskProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var watched = _watch.Add(task, progress);
        try
        {
            var info = await watched.Ended.WaitAsync(timeout ?? Timeout.InfiniteTimeSpan, _clock, cancellationToken).ConfigureAwait(false);
            return info.State == TaskInfoState.Error ? throw new VimTaskException(info) : info;
        }
        catch (TimeoutException)
        {
            throw new VimTaskTimeoutException(task, watched.Info, timeout!.Value);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await CancelAsync(watched).ConfigureAwait(false);
            throw;
        }
        finally
        {
            _watch.Release(watched);
        }
    }

    /// <summary>Stops watching; who still waits is let go.</summary>
    public ValueTask DisposeAsync() => _watch.DisposeAsync();

    /// <summary>A task whose state was never read may be cancelable: the server decides.</summary>
    private async Task CancelAsync(WatchedTask watched)
    {
        if (watched.Info?.Cancelable == false || watched.Ended.IsCompleted)
            return;
        using var patience = new CancellationTokenSource(CancelPatience, _clock);
        var cancelled = _changes.CancelTaskAsync(watched.Reference, patience.Token);
        await cancelled.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancelled.IsCompletedSuccessfully)
            await ((Task)watched.Ended.WaitAsync(patience.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
