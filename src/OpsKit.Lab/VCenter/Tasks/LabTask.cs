using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Tasks;

/// <summary>What a task is, as its makers know it.</summary>
/// <param name="Operation">The operation, such as <c>ReconfigVM_Task</c>.</param>
/// <param name="DescriptionId">Such as <c>VirtualMachine.reconfigure</c>.</param>
/// <param name="Entity">The object it is about.</param>
/// <param name="EntityName">The object's name.</param>
/// <param name="User">Who asked; null for the server itself.</param>
/// <param name="Cancelable">Whether <c>CancelTask</c> ends it.</param>
internal sealed record TaskModel(string Operation, string DescriptionId, ManagedObjectReference Entity, string EntityName, string? User, bool Cancelable = false)
{
    public LabTask? Parent { get; init; }
}

/// <summary>One task of the simulated vCenter. Read and written under the estate's gate.</summary>
internal sealed class LabTask(string id, TaskModel model, DateTimeOffset queued)
{
    public string Id { get; } = id;

    public TaskModel Model { get; } = model;

    public ManagedObjectReference Reference { get; } = new("Task", id);

    public TaskInfoState State { get; set; } = TaskInfoState.Queued;

    public int? Progress { get; set; }

    public bool Cancelled { get; set; }

    public LocalizedMethodFault? Error { get; set; }

    public object? Result { get; set; }

    public DateTimeOffset Queued { get; } = queued;

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Completed { get; set; }

    /// <summary>The real time of its end: it is kept for a while whatever the speed of lab time.</summary>
    public long CompletedAt { get; set; }

    public CancellationTokenSource Cancellation { get; } = new();

    public bool IsOver => Completed is not null;

    public TaskInfo Info() => new()
    {
        Key = Id,
        Task = Reference,
        Name = Model.Operation,
        DescriptionId = Model.DescriptionId,
        Entity = Model.Entity,
        EntityName = Model.EntityName,
        State = State,
        Cancelled = Cancelled,
        Cancelable = Model.Cancelable && !IsOver,
        Error = Error,
        Result = Result,
        Progress = State == TaskInfoState.Running ? Progress : null,
        Reason = Model.User is { } user ? new TaskReasonUser { UserName = user } : new TaskReasonSystem(),
        QueueTime = Queued,
        StartTime = Started,
        CompleteTime = Completed,
        EventChainId = int.Parse(Id.AsSpan("task-".Length), System.Globalization.CultureInfo.InvariantCulture),
        ParentTaskKey = Model.Parent?.Id,
        RootTaskKey = (Model.Parent?.Model.Parent ?? Model.Parent)?.Id,
    };
}
