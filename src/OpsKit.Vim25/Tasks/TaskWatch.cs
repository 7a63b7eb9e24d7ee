using OpsKit.Vim25.Types;

namespace OpsKit.Vim25;

/// <summary>The one loop that watches all tasks of a session; it runs only while somebody waits.</summary>
internal sealed class TaskWatch(IVimQueries queries, PropertyRetriever properties, ManagedObjectReference collector, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>The server answers after this long even without news; then the tasks are read, in case a notice was lost.</summary>
    internal const int WaitSeconds = 30;

    internal const string StatePath = "info.state";
    internal const string ProgressPath = "info.progress";

    private const int MostFailures = 5;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InterruptPatience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<ManagedObjectReference, WatchedTask> _tasks = [];
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _loop;
    private string? _version;
    private bool _canWait = true;

    internal WatchedTask Add(ManagedObjectReference reference, IProgress<TaskProgress>? progress)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            if (!_tasks.TryGetValue(reference, out var task) || task.Ended.IsCompleted)
                _tasks[reference] = task = new WatchedTask(reference);
            task.Callers++;
            if (progress is not null)
                task.Listen(progress);
            _arrival.TrySetResult();
            _loop ??= Task.Run(RunAsync);
            return task;
        }
    }

    internal void Release(WatchedTask task)
    {
        lock (_gate)
        {
            if (--task.Callers == 0 && _tasks.GetValueOrDefault(task.Reference) == task)
                _tasks.Remove(task.Reference);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task? loop;
        lock (_gate)
            loop = _loop;
        if (loop is not null)
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            foreach (var task in _tasks.Values)
                task.Fail(new ObjectDisposedException(nameof(TaskWaiter), "the session ended; the task goes on in vCenter"));
        }
    }

    private async Task RunAsync()
    {
        var filters = new HashSet<ManagedObjectReference>();
        for (var failures = 0; Open() is { Count: > 0 } open;)
        {
            try
            {
                await BeginWatchingAsync(open, filters).ConfigureAwait(false);
                await DropUnusedAsync(filters).ConfigureAwait(false);
                if (open.Any(task => !task.Ended.IsCompleted) && !_arrival.Task.IsCompleted)
                    await WaitForNewsAsync(open).ConfigureAwait(false);
                failures = 0;
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The session may have been renewed, and then filters and versions are gone; filters that are not are dropped as unused.
                _version = null;
                foreach (var task in open)
                    task.Filter = null;
                if (++failures >= MostFailures)
                {
                    foreach (var task in open)
                        task.Fail(e);
                    continue;
                }

                await Task.Delay(FirstPause * (1 << failures), clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await DropUnusedAsync(filters).ConfigureAwait(false);
    }

    /// <summary>The tasks to watch; none, and the loop is over.</summary>
    private List<WatchedTask> Open()
    {
        lock (_gate)
        {
            _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var open = _tasks.Values.Where(task => !task.Ended.IsCompleted).ToList();
            if (open.Count == 0)
                _loop = null;
            return open;
        }
    }

    /// <summary>Reads tasks that are new here, and asks for notices of those that have not ended.</summary>
    private async Task BeginWatchingAsync(IReadOnlyList<WatchedTask> open, HashSet<ManagedObjectReference> filters)
    {
        var fresh = open.Where(task => task.Filter is null).ToArray();
        await ReadAsync(fresh).ConfigureAwait(false);
        var running = fresh.Where(task => !task.Ended.IsCompleted).ToArray();
        if (running.Length == 0 || !_canWait)
            return;

        var spec = new PropertyFilterSpec
        {
            PropSet = [new PropertySpec { Type = "Task", All = false, PathSet = [StatePath, ProgressPath] }],
            ObjectSet = [.. running.Select(task => new ObjectSpec { Obj = task.Reference })],
            ReportMissingObjectsInResults = true,
        };
        var filter = await queries.CreateFilterAsync(collector, spec, partialUpdates: false, _stop.Token).ConfigureAwait(false)
            ?? throw new VimProtocolException("the server created no filter");
        filters.Add(filter);
        foreach (var task in running)
            task.Filter = filter;
    }

    private async Task DropUnusedAsync(HashSet<ManagedObjectReference> filters)
    {
        List<ManagedObjectReference> unused;
        lock (_gate)
        {
            var used = _tasks.Values.Where(task => !task.Ended.IsCompleted).Select(task => task.Filter).ToHashSet();
            unused = [.. filters.Where(filter => !used.Contains(filter))];
        }

        foreach (var filter in unused)
        {
            filters.Remove(filter);
            await queries.DestroyPropertyFilterAsync(filter, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WaitForNewsAsync(IReadOnlyList<WatchedTask> open)
    {
        if (!_canWait)
        {
            await Task.WhenAny(Task.Delay(PollInterval, clock, _stop.Token), _arrival.Task).ConfigureAwait(false);
            await ReadAsync(open).ConfigureAwait(false);
            return;
        }

        try
        {
            if (await WaitAsync().ConfigureAwait(false) is not { } news)
            {
                await ReadAsync(open).ConfigureAwait(false);
                return;
            }

            _version = news.Version;
            var updates = news.FilterSet.SelectMany(filter => filter.ObjectSet).ToLookup(update => update.Obj);
            var vanished = news.FilterSet.SelectMany(filter => filter.MissingSet).Select(missing => missing.Obj).ToHashSet();
            await ReadAsync([.. open.Where(task => vanished.Contains(task.Reference) || updates[task.Reference].Any(update => EndsOrLeaves(task, update)))])
                .ConfigureAwait(false);
        }
        catch (VimFaultException e) when (e.Fault is RequestCanceled)
        {
            // Interrupted, because there is a further task to watch.
        }
        catch (VimFaultException e) when (e.Fault is MethodNotFound or NotImplemented or NotSupported)
        {
            _canWait = false;
        }
    }

    /// <summary>Waits for news; a task that is added meanwhile interrupts.</summary>
    private async Task<UpdateSet?> WaitAsync()
    {
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var news = queries.WaitForUpdatesExAsync(collector, _version, new WaitOptions { MaxWaitSeconds = WaitSeconds }, abandon.Token);
        if (await Task.WhenAny(news, _arrival.Task).ConfigureAwait(false) == news)
            return await news.ConfigureAwait(false);

        await queries.CancelWaitForUpdatesAsync(collector, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            // The cancellation may have come before the wait did.
            return await news.WaitAsync(InterruptPatience, clock, _stop.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await abandon.CancelAsync().ConfigureAwait(false);
            await ((Task)news).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new UpdateSet { Version = _version };
        }
    }

    private static bool EndsOrLeaves(WatchedTask task, ObjectUpdate update) => update.Kind == ObjectUpdateKind.Leave || task.Take(update.ChangeSet);

    private async Task ReadAsync(IReadOnlyList<WatchedTask> tasks)
    {
        if (tasks.Count == 0)
            return;
        var query = PropertyCollectorQuery.Of("Task", [.. tasks.Select(task => task.Reference)], TaskProperties.Info);
        await foreach (var found in properties.RetrieveAsync(query, _stop.Token).ConfigureAwait(false))
        {
            var task = tasks.First(candidate => candidate.Reference == found.Reference);
            if (found.Get(TaskProperties.Info) is { } info)
                task.Take(info);
            else if (found.IsGone)
                task.Fail(new VimException($"{TaskText.DescribeLost(task)} is no longer known to the server; whether it succeeded must be seen from the object itself"));
            else
                task.Fail(new VimException($"{TaskText.DescribeLost(task)} cannot be read: {(found.Missing is [{ Fault.LocalizedMessage: { } why }, ..] ? why : "no reason given")}"));
        }
    }
}
