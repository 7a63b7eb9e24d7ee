using System.Collections.Concurrent;

namespace OpsKit.Vim25;

/// <summary>A data type or managed object type as the schema has it, its bases' fields included and first.</summary>
internal sealed class TypeShape
{
    private static readonly ConcurrentDictionary<string, TypeShape?> DataTypes = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, TypeShape?> ManagedObjects = new(StringComparer.Ordinal);

    private readonly Dictionary<string, FieldShape> _byName;

    private TypeShape(string name, string? since, TypeShape? baseShape, IReadOnlyList<FieldShape> all)
    {
        Name = name;
        Since = since;
        Base = baseShape;
        Fields = all;
        _byName = Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
    }

    internal string Name { get; }

    /// <summary>The API version that brought it; null where that is not known.</summary>
    internal string? Since { get; }

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

    /// <summary>The type with fewer fields.</summary>
    internal TypeShape Without(Predicate<FieldShape> left) => Fields.Any(field => left(field)) ? new TypeShape(Name, Since, Base, [.. Fields.Where(field => !left(field))]) : this;

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
        var head = parts[0][..^1].Split('@');
        var since = head.Length > 1 ? head[1] : null;
        var baseShape = head[0].Length == 0 ? null : Find(known, head[0], text);
        return new TypeShape(name, since, baseShape, [.. baseShape?.Fields ?? [], .. parts.Skip(1).Select(field => FieldShape.Parse(field, since))]);
    }
}

/// <summary>A field of a data type or a property of a managed object.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Type">Its type, or that of its items; XML Schema's own begin with <c>xsd:</c>.</param>
/// <param name="Required">Whether it must be there.</param>
/// <param name="Array">Whether there may be several.</param>
/// <param name="Since">The API version that brought it; null where that is not known.</param>
internal sealed record FieldShape(string Name, string Type, bool Required, bool Array, string? Since)
{
    /// <summary>The name of a list of such items where the schema allows anything: <c>ArrayOfVirtualDevice</c>, <c>ArrayOfString</c>.</summary>
    internal string ArrayTypeName { get; } =
        "ArrayOf" + (Type.StartsWith("xsd:", StringComparison.Ordinal) ? char.ToUpperInvariant(Type[4]) + Type[5..] : Type);

    internal bool IsReference => Type == "ManagedObjectReference";

    /// <summary>Reads a field of the schema's text; it came with its type where nothing else is said.</summary>
    internal static FieldShape Parse(string text, string? typeSince)
    {
        var at = text.AsSpan().IndexOfAny("!?+*");
        var end = text.IndexOf('@', at);
        return new FieldShape(text[..at], end < 0 ? text[(at + 1)..] : text[(at + 1)..end], text[at] is '!' or '+', text[at] is '+' or '*', end < 0 ? typeSince : text[(end + 1)..]);
    }
}
