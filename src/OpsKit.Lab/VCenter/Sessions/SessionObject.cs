using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Sessions;

/// <summary>An object that lives and dies with the session that made it: a view, a property filter, a property collector.</summary>
internal abstract class SessionObject(ManagedObjectReference reference)
{
    internal ManagedObjectReference Reference { get; } = reference;

    /// <summary>A property by its name; null for one that is unset.</summary>
    internal virtual object? Property(string name) => null;

    /// <summary>The session ended or destroyed it.</summary>
    internal virtual void Destroy()
    {
    }
}
