using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Operations;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Tasks;

/// <summary>Asked when a task begins whether it is to fail, on purpose; null for not.</summary>
internal delegate LabFaultException? TaskFailures(string endpoint, string operation);

/// <summary>Runs tasks in lab time. One at a time for each thing: a second one ends with TaskInProgress, as on the real thing.</summary>
internal sealed class TaskRunner(LabEstate estate, LabVCenter vCenter, TaskBook tasks, TaskFailures? failures) : IDisposable
{
    private static readonly TimeSpan QueueTime = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<object, LabTask> _busy = new(ReferenceEqualityComparer.Instance);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Fires when the lab ends.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public bool IsBusy(object thing) => _busy.ContainsKey(thing);

    /// <summary>Begins a task, under the gate.</summary>
    /// <param name="model">What it is.</param>
    /// <param name="thing">What it is the only task of.</param>
    /// <param name="work">What it does; its result is the task's. Runs without the gate.</param>
    public LabTask Begin(TaskModel model, object thing, Func<TaskRun, Task<object?>> work)
    {
        var task = tasks.Add(model);
        if (_busy.TryGetValue(thing, out var other))
        {
            tasks.Start(task);
            tasks.Fail(task, OperationFaults.TaskInProgress(other));
            return task;
        }

        _busy[thing] = task;
        _ = RunAsync(task, thing, work);
        return task;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task RunAsync(LabTask task, object thing, Func<TaskRun, Task<object?>> work)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(task.Cancellation.Token, _stopping.Token);
        var run = new TaskRun(estate, tasks, task, linked.Token);
        try
        {
            await run.DelayAsync(QueueTime).ConfigureAwait(false);
            lock (estate.Gate)
                tasks.Start(task);
            if (failures?.Invoke(vCenter.Name, task.Model.Operation) is { } wanted)
            {
                await run.DelayAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
                throw wanted;
            }

            var result = await work(run).ConfigureAwait(false);
            End(thing, () => tasks.Succeed(task, result));
        }
        catch (LabFaultException fault)
        {
            End(thing, () => tasks.Fail(task, fault));
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested)
        {
            End(thing, () => tasks.Fail(task, OperationFaults.RequestCanceled()));
        }
        catch (InvalidOperationException broken)
        {
            End(thing, () => tasks.Fail(task, OperationFaults.SystemError(broken.Message)));
        }
    }

    private void End(object thing, Action end)
    {
        lock (estate.Gate)
        {
            _busy.Remove(thing);
            end();
        }
    }
}

/// <summary>A task under way, as its work sees it.</summary>
internal sealed class TaskRun(LabEstate estate, TaskBook tasks, LabTask task, CancellationToken cancellationToken)
{
    private const int Steps = 5;

    public LabTask Task => task;

    public CancellationToken Cancellation => cancellationToken;

    public Task DelayAsync(TimeSpan labTime) => System.Threading.Tasks.Task.Delay(labTime, estate.Clock, cancellationToken);

    public void Progress(int percent)
    {
        lock (estate.Gate)
            tasks.Progress(task, percent);
    }

    /// <summary>Lets lab time pass and tells progress on the way.</summary>
    public async Task PassAsync(TimeSpan labTime, int from = 0, int to = 100)
    {
        for (var step = 1; step <= Steps; step++)
        {
            await DelayAsync(labTime / Steps).ConfigureAwait(false);
            Progress(from + (to - from) * step / Steps);
        }
    }
}
