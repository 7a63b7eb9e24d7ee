using OpsKit.Vim25.Generator.Model;

namespace OpsKit.Vim25.Generator.Manifests;

/// <summary>
/// Holds a manifest to the truth: what it calls a query must be one. The privilege alone does not tell (System.View also stands on operations that
/// check another one inside), so the name must be a reading operation's, too, unless the object called lives and dies with the session.
/// </summary>
internal static class OperationRules
{
    /// <summary>Privileges that only let one look: at objects, at sessions, at the blocks of a disk.</summary>
    private static readonly string[] ReadingPrivileges =
    [
        "System.View", "System.Read", "System.Anonymous", "None", "Sessions.ValidateSession", "VirtualMachine.Provisioning.DiskRandomRead",
    ];

    private static readonly string[] ReadingVerbs =
    [
        "Query", "Retrieve", "Find", "Get", "List", "Read", "Check", "Validate", "Current", "Has", "Fetch", "Lookup", "Is", "Are", "Decode", "Estimate",
    ];

    /// <summary>Objects of the caller's own session: whatever is done to them changes nothing else.</summary>
    private static readonly string[] SessionScoped =
    [
        "PropertyCollector", "PropertyFilter", "ViewManager", "View", "ManagedObjectView", "ContainerView", "InventoryView", "ListView",
        "HistoryCollector", "EventHistoryCollector", "TaskHistoryCollector",
    ];

    /// <summary>These make collectors, which live and die with the session as well.</summary>
    private static readonly string[] CollectorMakers = ["CreateCollectorForEvents", "CreateCollectorForTasks"];

    /// <summary>Why the entry calls the operation wrongly; null when it does not.</summary>
    internal static string? Objection(OperationEntry entry, ManagedMethod method) => entry.Kind switch
    {
        OperationKind.Session when entry.ObjectType != "SessionManager" => "only the SessionManager's operations are a session's",
        OperationKind.Query => WhyNoQuery(entry, method),
        _ => null,
    };

    private static string? WhyNoQuery(OperationEntry entry, ManagedMethod method)
    {
        if (entry.Operation.EndsWith("_Task", StringComparison.Ordinal))
            return "it starts a task";
        if (SessionScoped.Contains(entry.ObjectType))
            return null;
        if (method.Privilege is not null && !ReadingPrivileges.Contains(method.Privilege))
            return $"it needs the privilege {method.Privilege}";
        return CollectorMakers.Contains(entry.Operation) || Array.Exists(ReadingVerbs, verb => entry.Operation.StartsWith(verb, StringComparison.OrdinalIgnoreCase))
            ? null
            : "its name is not that of a reading operation";
    }
}
