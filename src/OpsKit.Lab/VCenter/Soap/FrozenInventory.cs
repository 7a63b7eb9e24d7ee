using OpsKit.Lab.VCenter.Views;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Soap;

/// <summary>The inventory as it was: what a vCenter answers whose database stands still. Tasks and managers answer as ever.</summary>
internal sealed class FrozenInventory : ILabInventory
{
    private readonly ILabInventory _live;
    private readonly Dictionary<ManagedObjectReference, Dictionary<string, Func<object?>>> _values = [];
    private readonly Dictionary<ManagedObjectReference, ManagedObjectReference[]> _children = [];

    /// <summary>Takes everything down as it is now; call it under the estate's gate.</summary>
    internal FrozenInventory(ILabInventory live)
    {
        _live = live;
        foreach (var reference in Containment.Of(live, WellKnown.RootFolder, recursive: true).Prepend(WellKnown.RootFolder).ToArray())
        {
            if (live.TypeOf(reference) is not { } type || TypeShape.OfManagedObject(type) is not { } shape)
                continue;
            _values[reference] = shape.Fields.ToDictionary(field => field.Name, field => Read(reference, field.Name), StringComparer.Ordinal);
            if (Containment.IsContainer(shape))
                _children[reference] = [.. live.Children(reference)];
        }
    }

    /// <summary>Nothing changes here.</summary>
    public event Action<ManagedObjectReference, string?>? Changed
    {
        add { }
        remove { }
    }

    public string? TypeOf(ManagedObjectReference reference) => _values.ContainsKey(reference) ? reference.Type : _live.TypeOf(reference);

    public object? Property(ManagedObjectReference reference, string name) =>
        _values.TryGetValue(reference, out var values) && values.TryGetValue(name, out var value) ? value() : _live.Property(reference, name);

    public IEnumerable<ManagedObjectReference> Children(ManagedObjectReference container) =>
        _children.TryGetValue(container, out var children) ? children : _live.Children(container);

    private Func<object?> Read(ManagedObjectReference reference, string name)
    {
        try
        {
            var value = _live.Property(reference, name);
            return () => value;
        }
        catch (LabFaultException e)
        {
            return () => throw new LabFaultException(e.Fault, e.Message);
        }
    }
}
