using OpsKit.Vim25.Types;

namespace OpsKit.Vim25;

/// <summary>A task of the server ended in an error. The fault is the task's.</summary>
public sealed class VimTaskException : VimFaultException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="task">The task's last state.</param>
    public VimTaskException(TaskInfo task)
        : base(TaskText.Describe(task), task.Error?.Fault, task.Error?.Fault?.TypeName ?? "no fault given", task.Error?.LocalizedMessage ?? "") => Task = task;

    /// <summary>The task's last state.</summary>
    public TaskInfo Task { get; }
}

/// <summary>A task did not end in the time given. It goes on in the server, and this says which one it is.</summary>
public sealed class VimTaskTimeoutException : VimException
{
    internal VimTaskTimeoutException(ManagedObjectReference reference, TaskInfo? task, TimeSpan timeout)
        : base($"{(task is null ? reference.Value : TaskText.Describe(task))} did not end within {timeout.TotalSeconds:0.#} s; the task goes on in vCenter as {task?.Key ?? reference.Value}")
    {
        Reference = reference;
        Task = task;
    }

    /// <summary>The task, to be waited for again.</summary>
    public ManagedObjectReference Reference { get; }

    /// <summary>The task's last known state, or null where none was ever read.</summary>
    public TaskInfo? Task { get; }
}

internal static class TaskText
{
    /// <summary>By its last known state, or by its reference.</summary>
    internal static string DescribeLost(WatchedTask task) => task.Info is { } info ? Describe(info) : task.Reference.Value;

    /// <summary>What, on what, and the key that finds it in the server's list: <c>VirtualMachine.powerOn of db01 (task-42)</c>.</summary>
    internal static string Describe(TaskInfo task)
    {
        var what = task.Description?.Message ?? task.DescriptionId ?? task.Name ?? "task";
        var entity = task.EntityName ?? task.Entity?.Value;
        return $"{what}{(entity is null ? "" : $" of {entity}")} ({task.Key})";
    }
}
