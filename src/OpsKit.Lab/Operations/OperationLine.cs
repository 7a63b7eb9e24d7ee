using OpsKit.Lab.Estate;
using OpsKit.Vim25;

namespace OpsKit.Lab.Operations;

/// <summary>An operation as a line for reading.</summary>
internal static class OperationLine
{
    /// <summary>As wide as most names in an estate are.</summary>
    private const int NameWidth = -9;

    public static string Of(LoggedOperation operation)
    {
        var kind = operation.Kind switch { OperationKind.Change => "CHANGE", OperationKind.Session => "session", _ => "query" };
        var what = operation.Summary.Length > 0 && operation.Summary != operation.Operation ? $"{operation.Operation}: {operation.Summary}" : operation.Operation;
        return Of(operation.LabTime, kind, operation.Endpoint, what);
    }

    /// <summary>Something else that happens among them, such as a fault that strikes.</summary>
    public static string Of(TimeSpan labTime, string kind, string endpoint, string what) => $"{LabTimes.Text(labTime)}  {kind,-7}  {endpoint,NameWidth}  {what}";
}
