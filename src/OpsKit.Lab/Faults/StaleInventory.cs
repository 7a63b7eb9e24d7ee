using System.Collections.Concurrent;
using OpsKit.Lab.VCenter;
using OpsKit.Vim25;

namespace OpsKit.Lab.Faults;

/// <summary>
/// An inventory whose properties stand still while <see cref="FaultKind.StaleAnswers"/> lasts: each has the value it was first read with since. Tasks go on.
/// </summary>
internal sealed class StaleInventory(ILabInventory fresh, FaultList faults, string endpoint) : ILabInventory
{
    /// <summary>The operation that faults are matched with.</summary>
    public const string Operation = "RetrieveProperties";

    private readonly ConcurrentDictionary<(ManagedObjectReference Reference, string Name), object?> _kept = new();

    public event Action<ManagedObjectReference, string?>? Changed
    {
        add => fresh.Changed += value;
        remove => fresh.Changed -= value;
    }

    public string? TypeOf(ManagedObjectReference reference) => fresh.TypeOf(reference);

    public IEnumerable<ManagedObjectReference> Children(ManagedObjectReference container) => fresh.Children(container);

    public object? Property(ManagedObjectReference reference, string name)
    {
        if (faults.Standing(FaultKind.StaleAnswers, endpoint, Operation) is not null && reference.Type != "Task")
            return _kept.GetOrAdd((reference, name), key => fresh.Property(key.Reference, key.Name));
        if (!_kept.IsEmpty)
            _kept.Clear();
        return fresh.Property(reference, name);
    }
}
