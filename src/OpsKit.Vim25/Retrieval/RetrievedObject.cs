using OpsKit.Vim25.Types;

namespace OpsKit.Vim25;

/// <summary>An object and those of its properties that were asked for and that it has.</summary>
public sealed class RetrievedObject
{
    private readonly PropertyShape _shape;
    private readonly object?[] _values;

    internal RetrievedObject(PropertyShape shape, object?[] values, ManagedObjectReference reference, IReadOnlyList<MissingProperty> missing)
    {
        _shape = shape;
        _values = values;
        Reference = reference;
        Missing = missing;
    }

    /// <summary>The object.</summary>
    public ManagedObjectReference Reference { get; }

    /// <summary>
    /// Properties the server could not or would not give, each with its fault: no permission, host not connected, unknown to this server's version.
    /// A property that is merely unset is in neither list.
    /// </summary>
    public IReadOnlyList<MissingProperty> Missing { get; }

    /// <summary>True when the object was asked for by name and exists no more; it then has no properties.</summary>
    public bool IsGone { get; internal init; }

    /// <summary>A property's value; null where the object has none.</summary>
    /// <exception cref="ArgumentException">The query did not ask for the property.</exception>
    public T? Get<T>(PropertyPath<T> path) => path.Convert(_values[_shape.IndexOf(path)]);

    /// <summary>Whether the server sent a value for a property.</summary>
    /// <exception cref="ArgumentException">The query did not ask for the property.</exception>
    public bool Has(PropertyPath path) => _values[_shape.IndexOf(path)] is not null;

    /// <summary>Type and value of the reference.</summary>
    public override string ToString() => $"{Reference.Type}:{Reference.Value}";
}

/// <summary>Which value stands where in every object of one query.</summary>
internal sealed class PropertyShape
{
    private readonly IReadOnlyList<PropertyPath> _paths;
    private readonly Dictionary<string, int> _index;

    internal PropertyShape(IReadOnlyList<PropertyPath> paths)
    {
        _paths = paths;
        _index = new Dictionary<string, int>(paths.Count, StringComparer.Ordinal);
        for (var i = 0; i < paths.Count; i++)
            _index.TryAdd(paths[i].Path, i);
    }

    internal int Count => _paths.Count;

    internal bool TryIndexOf(string? path, out int index)
    {
        index = -1;
        return path is not null && _index.TryGetValue(path, out index);
    }

    internal int IndexOf(PropertyPath path) => _index.TryGetValue(path.Path, out var index)
        ? index
        : throw new ArgumentException($"The query did not ask for {path}; it asked for {string.Join(", ", _paths.Select(p => p.Path))}.", nameof(path));
}
