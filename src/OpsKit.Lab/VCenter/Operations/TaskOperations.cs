using OpsKit.Lab.VCenter.Soap;
using OpsKit.Lab.VCenter.Tasks;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>Ending tasks before their time.</summary>
internal static class TaskOperations
{
    public static void Register(LabOperations operations, OperationContext context) =>
        operations.Add<CancelTaskRequest>("CancelTask", (call, request) => Cancel(context, call, request));

    /// <summary>One's own tasks may be ended; others' with the privilege for it.</summary>
    private static object? Cancel(OperationContext context, LabCall call, CancelTaskRequest request)
    {
        var task = context.Inventory.Tasks.Find(request.Self.Value) ?? throw VimFaults.ObjectNotFound(request.Self);
        if (!string.Equals(task.Model.User, call.Account.User, StringComparison.OrdinalIgnoreCase))
            OperationContext.Demand(call, request.Self, "Global.CancelTask");
        if (task.IsOver)
            throw OperationFaults.InvalidState();
        if (!task.Model.Cancelable)
            throw OperationFaults.NotSupported($"{task.Model.Operation} cannot be cancelled");
        task.Cancelled = true;
        _ = task.Cancellation.CancelAsync();
        return null;
    }
}
