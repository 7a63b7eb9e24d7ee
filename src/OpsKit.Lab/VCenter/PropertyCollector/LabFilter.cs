using OpsKit.Lab.VCenter.Sessions;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.PropertyCollector;

/// <summary>A property filter: what it selects, what it told of that, and what may have changed since.</summary>
internal sealed class LabFilter(ManagedObjectReference reference, LabCollector collector, FilterPlan plan, bool partialUpdates) : SessionObject(reference)
{
    private readonly Dictionary<ManagedObjectReference, Dictionary<string, ValueMark>> _told = [];
    private readonly HashSet<ManagedObjectReference> _changed = [];
    private readonly HashSet<ManagedObjectReference> _toldMissing = [];
    private readonly Queue<SelectedObject> _new = [];
    private readonly Queue<ManagedObjectReference> _left = [];
    private IReadOnlyList<MissingObject> _missing = [];
    private bool _selectionChanged = true;

    internal LabCollector Collector => collector;

    internal override object? Property(string name) => name switch
    {
        "spec" => plan.Spec,
        "partialUpdates" => partialUpdates,
        _ => null,
    };

    internal override void Destroy() => collector.Drop(this);

    /// <summary>Everything is told anew.</summary>
    internal void Reset()
    {
        _told.Clear();
        _changed.Clear();
        _toldMissing.Clear();
        _selectionChanged = true;
    }

    /// <summary>Takes note of a change; null for an object that appeared or went away.</summary>
    internal void Note(ManagedObjectReference changed, string? property)
    {
        _selectionChanged |= property is null || plan.Traverses(property);
        if (_told.ContainsKey(changed))
            _changed.Add(changed);
    }

    /// <summary>What is new of at most <paramref name="most"/> objects; null for nothing.</summary>
    internal PropertyFilterUpdate? Collect(ObjectSpace space, int most, out int told, out bool isMore)
    {
        Select(space);
        var updates = new List<ObjectUpdate>();
        var reading = new PropertyReading(space);
        while (updates.Count < most && _left.TryDequeue(out var gone))
        {
            _told.Remove(gone);
            _changed.Remove(gone);
            updates.Add(new ObjectUpdate { Kind = ObjectUpdateKind.Leave, Obj = gone });
        }

        while (updates.Count < most && _new.TryDequeue(out var entered))
        {
            if (space.TypeOf(entered.Reference) is not null)
                updates.Add(Tell(reading, entered, ObjectUpdateKind.Enter)!);
        }

        foreach (var changed in _changed.ToArray())
        {
            if (updates.Count == most)
                break;
            _changed.Remove(changed);
            if (space.TypeOf(changed) is { } type && Tell(reading, new SelectedObject(changed, space.Schema.ManagedObject(type)!), ObjectUpdateKind.Modify) is { } update)
                updates.Add(update);
        }

        told = updates.Count;
        isMore = _left.Count + _new.Count + _changed.Count > 0;
        var missing = _missing.Where(object_ => _toldMissing.Add(object_.Obj!)).ToArray();
        return updates.Count + missing.Length == 0 ? null : new PropertyFilterUpdate { Filter = Reference, ObjectSet = updates, MissingSet = missing };
    }

    private void Select(ObjectSpace space)
    {
        if (!_selectionChanged)
            return;
        _selectionChanged = false;
        var selected = plan.Select(space, out _missing);
        var still = selected.Select(one => one.Reference).ToHashSet();
        _new.Clear();
        foreach (var one in selected.Where(one => !_told.ContainsKey(one.Reference)))
            _new.Enqueue(one);
        _left.Clear();
        foreach (var gone in _told.Keys.Where(told => !still.Contains(told)))
            _left.Enqueue(gone);
    }

    /// <summary>Null for an object of which nothing is new.</summary>
    private ObjectUpdate? Tell(PropertyReading reading, SelectedObject one, ObjectUpdateKind kind)
    {
        var (set, missing) = reading.Read(one.Reference, plan.PathsOf(one.Type)!);
        if (!_told.TryGetValue(one.Reference, out var marks))
            _told[one.Reference] = marks = new Dictionary<string, ValueMark>(StringComparer.Ordinal);
        var changes = new List<PropertyChange>();
        foreach (var property in set)
        {
            var mark = ValueMark.Of(property.Val!);
            if (marks.TryGetValue(property.Name!, out var before) && before.Equals(mark))
                continue;
            marks[property.Name!] = mark;
            changes.Add(new PropertyChange { Name = property.Name, Op = PropertyChangeOp.Assign, Val = property.Val });
        }

        foreach (var unset in marks.Keys.Except(set.Select(property => property.Name!), StringComparer.Ordinal).ToArray())
        {
            marks.Remove(unset);
            if (missing.All(property => property.Path != unset))
                changes.Add(new PropertyChange { Name = unset, Op = PropertyChangeOp.Assign });
        }

        return kind == ObjectUpdateKind.Modify && changes.Count == 0
            ? null
            : new ObjectUpdate { Kind = kind, Obj = one.Reference, ChangeSet = changes, MissingSet = missing };
    }
}
