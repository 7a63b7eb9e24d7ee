using OpsKit.Lab.Estate;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Tasks;

/// <summary>The tasks of a vCenter. A finished one is kept for ten minutes of lab time and at least one of real time, as long as clients may look at it.</summary>
internal sealed class TaskBook(LabEstate estate)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan KeptReally = TimeSpan.FromMinutes(1);
    private readonly OrderedDictionary<string, LabTask> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<ManagedObjectReference, List<LabTask>> _byEntity = [];

    public LabTask? Find(string id) => _tasks.GetValueOrDefault(id);

    /// <summary>Tasks of an object that run, wait, or ended not long ago; the oldest first.</summary>
    public IEnumerable<LabTask> Of(ManagedObjectReference entity) => _byEntity.GetValueOrDefault(entity) ?? [];

    public IEnumerable<LabTask> All => _tasks.Values;

    public LabTask Add(TaskModel model)
    {
        Forget();
        var task = new LabTask($"task-{estate.NextId()}", model, estate.Clock.GetUtcNow());
        _tasks[task.Id] = task;
        if (!_byEntity.TryGetValue(model.Entity, out var list))
            _byEntity[model.Entity] = list = [];
        list.Add(task);
        estate.Touch(task);
        return task;
    }

    public void Start(LabTask task)
    {
        task.State = TaskInfoState.Running;
        task.Started = estate.Clock.GetUtcNow();
        task.Progress = 0;
        estate.Touch(task);
    }

    public void Progress(LabTask task, int percent)
    {
        if (task.IsOver || task.Progress == percent)
            return;
        task.Progress = Math.Clamp(percent, 0, 100);
        estate.Touch(task);
    }

    public void Succeed(LabTask task, object? result)
    {
        task.State = TaskInfoState.Success;
        task.Result = result;
        End(task);
    }

    public void Fail(LabTask task, LabFaultException fault)
    {
        task.State = TaskInfoState.Error;
        task.Cancelled = fault.Fault is RequestCanceled;
        task.Error = new LocalizedMethodFault { Fault = fault.Fault, LocalizedMessage = fault.Message };
        End(task);
    }

    private void End(LabTask task)
    {
        task.Completed = estate.Clock.GetUtcNow();
        task.CompletedAt = estate.Clock.Real.GetTimestamp();
        estate.Touch(task);
    }

    private void Forget()
    {
        List<LabTask>? old = null;
        foreach (var task in _tasks.Values)
        {
            // Tasks stand in the order of their beginning: the first that ended not long ago ends the search.
            if (!task.IsOver)
                continue;
            if (estate.Clock.GetUtcNow() - task.Completed < Kept || estate.Clock.Real.GetElapsedTime(task.CompletedAt) < KeptReally)
                break;
            (old ??= []).Add(task);
        }

        foreach (var task in old ?? [])
        {
            _tasks.Remove(task.Id);
            var ofEntity = _byEntity[task.Model.Entity];
            ofEntity.Remove(task);
            if (ofEntity.Count == 0)
                _byEntity.Remove(task.Model.Entity);
            task.Cancellation.Dispose();
            estate.Touch(new TaskGone(task));
        }
    }
}

/// <summary>A task that is no longer kept.</summary>
internal sealed record TaskGone(LabTask Task);
