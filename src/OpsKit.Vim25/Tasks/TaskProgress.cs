using OpsKit.Vim25.Types;

namespace OpsKit.Vim25;

/// <summary>How far a task of the server is.</summary>
/// <param name="Task">The task.</param>
/// <param name="State">Queued, running, success or error; null where the server has not said.</param>
/// <param name="Percent">Progress, 0–100; null where the server does not tell.</param>
/// <param name="Description">What the task does, such as <c>VirtualMachine.powerOn</c>.</param>
/// <param name="EntityName">Name of the object it works on; empty where it works on none.</param>
public sealed record TaskProgress(ManagedObjectReference Task, TaskInfoState? State, int? Percent, string Description, string EntityName);
