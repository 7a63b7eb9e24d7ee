using OpsKit.Lab.Estate;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter;

/// <summary>What an operation is told about its caller.</summary>
/// <param name="Estate">The lab.</param>
/// <param name="VCenter">The vCenter that was asked.</param>
/// <param name="Account">Who asks.</param>
/// <param name="CancellationToken">Fires when the caller hangs up or the lab stops.</param>
internal sealed record LabCall(LabEstate Estate, LabVCenter VCenter, LabAccount Account, CancellationToken CancellationToken);

/// <summary>A fault that the operation answers with.</summary>
internal sealed class LabFaultException(OpsKit.Vim25.Types.MethodFault fault, string message) : Exception(message)
{
    public OpsKit.Vim25.Types.MethodFault Fault { get; } = fault;
}

/// <summary>The behaviour of the vCenter: which objects there are, what their properties say, what operations do.</summary>
internal interface ILabInventory
{
    /// <summary>The object's wire type (<c>HostSystem</c>) if it exists in this vCenter; null where it does not.</summary>
    string? TypeOf(ManagedObjectReference reference);

    /// <summary>A top-level property of an object as the generated types hold it; null for unset. Unknown names throw <see cref="LabFaultException"/> with InvalidProperty.</summary>
    object? Property(ManagedObjectReference reference, string name);

    /// <summary>Everything of the vCenter under the root folder, for container views.</summary>
    IEnumerable<ManagedObjectReference> Children(ManagedObjectReference container);

    /// <summary>Raised under the estate's gate when properties of an object changed, appeared (null name) or it went away.</summary>
    event Action<ManagedObjectReference, string?>? Changed;
}

/// <summary>Operations of the vCenter other than sessions, views and property collection.</summary>
internal interface ILabOperations
{
    /// <summary>Carries out an operation by its request; the result is a reference (a task, mostly), a data object, a list, a scalar or null.</summary>
    /// <exception cref="LabFaultException">It answers with a fault.</exception>
    Task<object?> InvokeAsync(LabCall call, VimRequest request);

    /// <summary>Whether it knows the operation at all.</summary>
    bool Knows(string operation);
}
