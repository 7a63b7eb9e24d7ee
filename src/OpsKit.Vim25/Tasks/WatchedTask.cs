using OpsKit.Vim25.Types;

namespace OpsKit.Vim25;

/// <summary>A task that at least one caller waits for.</summary>
internal sealed class WatchedTask(ManagedObjectReference reference)
{
    private readonly TaskCompletionSource<TaskInfo> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IProgress<TaskProgress>> _listeners = [];
    private TaskProgress? _told;

    internal ManagedObjectReference Reference { get; } = reference;

    /// <summary>How many callers wait.</summary>
    internal int Callers { get; set; }

    /// <summary>The filter that reports its changes; null until its first state was read.</summary>
    internal ManagedObjectReference? Filter { get; set; }

    /// <summary>What was read last.</summary>
    internal TaskInfo? Info { get; private set; }

    internal Task<TaskInfo> Ended => _ended.Task;

    internal void Listen(IProgress<TaskProgress> listener)
    {
        lock (_listeners)
            _listeners.Add(listener);
    }

    /// <summary>Takes a whole state; ends the waiting when it is a last one.</summary>
    internal void Take(TaskInfo info)
    {
        Info = info;
        Tell(info.State, info.Progress);
        if (info.State == TaskInfoState.Success || info.State == TaskInfoState.Error)
            _ended.TrySetResult(info);
    }

    /// <summary>Takes the changed fields of a running task; true when it ended and its whole state is worth reading.</summary>
    internal bool Take(IReadOnlyList<PropertyChange> changes)
    {
        var (state, percent) = (_told?.State, _told?.Percent);
        foreach (var change in changes)
        {
            switch (change)
            {
                case { Name: TaskWatch.StatePath, Val: TaskInfoState value }:
                    state = value;
                    break;
                case { Name: TaskWatch.ProgressPath, Val: int value }:
                    percent = value;
                    break;
            }
        }

        if (state == TaskInfoState.Success || state == TaskInfoState.Error)
            return true;
        Tell(state, percent);
        return false;
    }

    internal void Fail(Exception e) => _ended.TrySetException(e);

    private void Tell(TaskInfoState? state, int? percent)
    {
        var news = new TaskProgress(
            Reference, state, percent, Info?.Description?.Message ?? Info?.DescriptionId ?? "", Info?.EntityName ?? Info?.Entity?.Value ?? "");
        if (news == _told)
            return;
        _told = news;
        lock (_listeners)
        {
            foreach (var listener in _listeners)
                listener.Report(news);
        }
    }
}
