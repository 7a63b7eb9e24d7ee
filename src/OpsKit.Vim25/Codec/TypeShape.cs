using System.Collections.Concurrent;

namespace OpsKit.Vim25;

/// <summary>A data type or managed object type as the schema has it, its bases' fields included and first.</summary>
internal sealed class TypeShape
{
    private static readonly ConcurrentDictionary<string, TypeShape?> DataTypes = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, TypeShape?> ManagedObjects = new(StringComparer.Ordinal);

    private readonly Dictionary<string, FieldShape> _byName;

    private TypeShape(string name, TypeShape? baseShape, IReadOnlyList<FieldShape> own)
    {
        Name = name;
        Base = baseShape;
        Fields = [.. baseShape?.Fields ?? [], .. own];
        _byName = Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
    }

    internal string Name { get; }

    internal TypeShape? Base { get; }

    internal IReadOnlyList<FieldShape> Fields { get; }

    internal FieldShape? Field(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether it is the named type or extends it.</summary>
    internal bool Is(string name)
    {
        for (var shape = this; shape is not null; shape = shape.Base)
        {
            if (shape.Name == name)
                return true;
        }

        return false;
    }

    /// <summary>A data type; null for a name that is none.</summary>
    internal static TypeShape? OfData(string name) => Find(DataTypes, name, VimSchema.DataType);

    /// <summary>A managed object type; null for a name that is none.</summary>
    internal static TypeShape? OfManagedObject(string name) => Find(ManagedObjects, name, VimSchema.ManagedObject);

    /// <summary>Names come from clients: those that mean nothing are not kept.</summary>
    private static TypeShape? Find(ConcurrentDictionary<string, TypeShape?> known, string name, Func<string, string?> text)
    {
        if (known.TryGetValue(name, out var shape))
            return shape;
        return text(name) is { } found ? known[name] = Parse(known, name, found, text) : null;
    }

    private static TypeShape Parse(ConcurrentDictionary<string, TypeShape?> known, string name, string found, Func<string, string?> text)
    {
        var parts = found.Split(' ');
        var baseName = parts[0][..^1];
        return new TypeShape(name, baseName.Length == 0 ? null : Find(known, baseName, text), [.. parts.Skip(1).Select(FieldShape.Parse)]);
    }
}

/// <summary>A field of a data type or a property of a managed object.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Type">Its type, or that of its items; XML Schema's own begin with <c>xsd:</c>.</param>
/// <param name="Required">Whether it must be there.</param>
/// <param name="Array">Whether there may be several.</param>
internal sealed record FieldShape(string Name, string Type, bool Required, bool Array)
{
    /// <summary>The name of a list of such items where the schema allows anything: <c>ArrayOfVirtualDevice</c>, <c>ArrayOfString</c>.</summary>
    internal string ArrayTypeName { get; } =
        "ArrayOf" + (Type.StartsWith("xsd:", StringComparison.Ordinal) ? char.ToUpperInvariant(Type[4]) + Type[5..] : Type);

    internal bool IsReference => Type == "ManagedObjectReference";

    internal static FieldShape Parse(string text)
    {
        var at = text.AsSpan().IndexOfAny("!?+*");
        return new FieldShape(text[..at], text[(at + 1)..], text[at] is '!' or '+', text[at] is '+' or '*');
    }
}
