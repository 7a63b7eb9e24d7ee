using System.Collections.Concurrent;

namespace OpsKit.Vim25;

/// <summary>The schema as an API version has it: what came later does not exist. Servers speak so to older clients, and old servers to all.</summary>
internal sealed class SchemaVersion
{
    private static readonly ConcurrentDictionary<string, SchemaVersion> Versions = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, TypeShape?> _dataTypes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TypeShape?> _managedObjects = new(StringComparer.Ordinal);

    private SchemaVersion(string version) => Version = version;

    /// <summary>Such as <c>6.7</c>.</summary>
    internal string Version { get; }

    /// <summary>The schema of a version. Each one asked for is kept, so clients must not choose freely.</summary>
    internal static SchemaVersion Of(string version) => Versions.GetOrAdd(version, static version => new SchemaVersion(version));

    /// <summary>A data type of this version with the fields of this version.</summary>
    internal TypeShape? Data(string name) => Find(_dataTypes, name, TypeShape.OfData);

    /// <summary>A managed object type of this version with the properties of this version.</summary>
    internal TypeShape? ManagedObject(string name) => Find(_managedObjects, name, TypeShape.OfManagedObject);

    /// <summary>A data type, or the nearest of its bases that this version has: what a newer object is to an older client.</summary>
    internal TypeShape? Nearest(string name)
    {
        for (var shape = TypeShape.OfData(name); shape is not null; shape = shape.Base)
        {
            if (Data(shape.Name) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>Whether this version has the operation.</summary>
    internal bool HasOperation(string name) => IsIn(VimSchema.OperationSince(name));

    internal bool IsIn(string? since) => since is null || ServiceVersions.Compare(since, Version) <= 0;

    private TypeShape? Find(ConcurrentDictionary<string, TypeShape?> known, string name, Func<string, TypeShape?> newest)
    {
        if (known.TryGetValue(name, out var found))
            return found;
        return newest(name) is { } shape ? known[name] = IsIn(shape.Since) ? shape.Without(field => !IsIn(field.Since)) : null : null;
    }
}
