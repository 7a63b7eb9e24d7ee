using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Sessions;

/// <summary>All objects as one caller sees them: the inventory, the service's own, and those of the caller's session.</summary>
/// <param name="estate">The lab; its gate is held by callers.</param>
/// <param name="vcenter">The vCenter that was asked.</param>
/// <param name="inventory">Everything else.</param>
/// <param name="sessions">For what the session manager tells.</param>
/// <param name="session">The caller's; null before a login.</param>
/// <param name="schema">The API version the caller speaks.</param>
internal sealed class ObjectSpace(LabEstate estate, LabVCenter vcenter, ILabInventory inventory, SessionTable sessions, LabSession? session, SchemaVersion schema)
{
    internal SchemaVersion Schema => schema;

    internal LabSession? Session => session;

    internal ILabInventory Inventory => inventory;

    /// <summary>The object's type; null where it does not exist.</summary>
    internal string? TypeOf(ManagedObjectReference reference) => IsOwn(reference) ? reference.Type : inventory.TypeOf(reference);

    /// <exception cref="LabFaultException">The object does not exist, or a reference calls it by another type.</exception>
    internal TypeShape Shape(ManagedObjectReference reference) =>
        TypeOf(reference) is { } type && schema.ManagedObject(type) is { } shape && shape.Is(reference.Type) ? shape : throw VimFaults.ObjectNotFound(reference);

    /// <summary>A property of an object that exists; null where it is unset.</summary>
    internal object? Property(ManagedObjectReference reference, string name)
    {
        if (Denial(reference, name) is { } denial)
            throw denial;
        if (!IsOwn(reference))
            return inventory.Property(reference, name);
        if (reference == WellKnown.PropertyCollector)
            return session?.Collector.Property(name);
        return reference.Type switch
        {
            "ServiceInstance" => ServiceProperty(name),
            "SessionManager" => SessionProperty(name),
            "ViewManager" when name == "viewList" => session?.Objects.OfType<Views.LabView>().Select(view => view.Reference).ToArray(),
            _ => session?.Find(reference)?.Property(name),
        };
    }

    /// <summary>Why the caller may not read a property; null where it may. A name is not more than System.View lets one see, others' sessions are more.</summary>
    private LabFaultException? Denial(ManagedObjectReference reference, string name)
    {
        if (reference.Type == "ServiceInstance")
            return null;
        if (session is null)
            return VimFaults.NotAuthenticated(reference);
        var privilege = name == "sessionList" ? "Sessions.TerminateSession" : name is "name" or "currentSession" || session.Find(reference) is not null ? "System.View" : "System.Read";
        return session.Holds(privilege) ? null : VimFaults.NoPermission(reference, privilege);
    }

    private bool IsOwn(ManagedObjectReference reference) => reference.Type switch
    {
        "ServiceInstance" => reference == ManagedObjectReference.ServiceInstance,
        "SessionManager" => reference == WellKnown.SessionManager,
        "ViewManager" => reference == WellKnown.ViewManager,
        "SearchIndex" => reference == WellKnown.SearchIndex,
        "PropertyCollector" => reference == WellKnown.PropertyCollector || session?.Find(reference) is not null,
        "PropertyFilter" or "ContainerView" or "ListView" => session?.Find(reference) is not null,
        _ => false,
    };

    private object? ServiceProperty(string name) => name switch
    {
        "content" => ServiceContents.Of(vcenter, inventory),
        "serverClock" => estate.Clock.GetUtcNow(),
        "capability" => new Capability { ProvisioningSupported = true, MultiHostSupported = true, UserShellAccessSupported = false },
        _ => null,
    };

    private object? SessionProperty(string name) => name switch
    {
        "currentSession" => session?.Describe(),
        "sessionList" => sessions.All.Select(other => other.Describe()).ToArray(),
        "message" => "",
        "messageLocaleList" or "supportedLocaleList" => new[] { "en" },
        "defaultLocale" => "en",
        _ => null,
    };
}
