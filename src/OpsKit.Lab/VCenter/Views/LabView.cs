using OpsKit.Lab.VCenter.Sessions;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Views;

/// <summary>A view: objects under one name, for as long as the session lives.</summary>
internal abstract class LabView(ManagedObjectReference reference) : SessionObject(reference)
{
    internal abstract IReadOnlyList<ManagedObjectReference> Members { get; }

    internal override object? Property(string name) => name == "view" ? Members : null;
}

/// <summary>What the client listed.</summary>
internal sealed class LabListView(ManagedObjectReference reference, IEnumerable<ManagedObjectReference> members) : LabView(reference)
{
    private readonly List<ManagedObjectReference> _members = [.. members.Distinct()];

    internal override IReadOnlyList<ManagedObjectReference> Members => [.. _members];

    internal void Set(IEnumerable<ManagedObjectReference> members)
    {
        _members.Clear();
        _members.AddRange(members.Distinct());
    }
}

/// <summary>What is in a container now.</summary>
internal sealed class LabContainerView(
    ManagedObjectReference reference, ILabInventory inventory, ManagedObjectReference container, IReadOnlyList<string> types, bool recursive) : LabView(reference)
{
    internal override object? Property(string name) => name switch
    {
        "container" => container,
        "type" => types,
        "recursive" => recursive,
        _ => base.Property(name),
    };

    internal override IReadOnlyList<ManagedObjectReference> Members =>
        [.. Containment.Of(inventory, container, recursive).Where(member => types.Count == 0 || (TypeShape.OfManagedObject(member.Type) is { } shape && types.Any(shape.Is)))];
}
