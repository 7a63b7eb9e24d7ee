namespace OpsKit.Vim25;

/// <summary>Which properties of which objects to read, in one go.</summary>
public sealed record PropertyCollectorQuery
{
    private PropertyCollectorQuery(string type, IReadOnlyList<PropertyPath> paths)
    {
        Type = type;
        Paths = paths;
    }

    /// <summary>Type of the objects, such as <c>VirtualMachine</c>; objects of its subtypes are found, too.</summary>
    public string Type { get; }

    /// <summary>The properties to read; nothing else is asked for.</summary>
    public IReadOnlyList<PropertyPath> Paths { get; }

    /// <summary>Everything of the type below this folder, datacenter, cluster, host or pool; null for the whole inventory.</summary>
    public ManagedObjectReference? Container { get; init; }

    /// <summary>Just these objects; null for all below <see cref="Container"/>.</summary>
    public IReadOnlyList<ManagedObjectReference>? Objects { get; init; }

    /// <summary>The most objects a server shall send in one answer. Default 1000; a server may send fewer, or ignore it.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>Reads properties of all objects of a type, in the whole inventory.</summary>
    /// <param name="type">Type of the objects, such as <c>VirtualMachine</c>.</param>
    /// <param name="paths">The properties to read.</param>
    public static PropertyCollectorQuery All(string type, params IReadOnlyList<PropertyPath> paths) => new(type, paths);

    /// <summary>Reads properties of known objects.</summary>
    /// <param name="type">Type of the objects, or a base of them all.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="paths">The properties to read.</param>
    public static PropertyCollectorQuery Of(string type, IReadOnlyList<ManagedObjectReference> objects, params IReadOnlyList<PropertyPath> paths) =>
        new(type, paths) { Objects = objects };
}
