namespace OpsKit.Vim25.Generator.Wsdl;

/// <summary>What a WSDL says: data types, enumerations and operations.</summary>
internal sealed record Schema(
    IReadOnlyDictionary<string, ComplexType> Types,
    IReadOnlyDictionary<string, EnumType> Enums,
    IReadOnlyDictionary<string, Operation> Operations)
{
    /// <summary>The type's bases, nearest first, the type itself left out.</summary>
    internal IEnumerable<string> Bases(string typeName)
    {
        for (var name = Types.GetValueOrDefault(typeName)?.Base; name is not null; name = Types.GetValueOrDefault(name)?.Base)
            yield return name;
    }
}

/// <summary>A data type with its own fields, the base's left out.</summary>
internal sealed record ComplexType(string Name, string? Base, IReadOnlyList<Field> Fields);

/// <summary>One element of a sequence.</summary>
internal sealed record Field(string Name, TypeName Type, bool Optional, bool Array);

/// <summary>A type's name and whether it is one of XML Schema's own.</summary>
internal readonly record struct TypeName(string Name, bool IsXsd);

/// <summary>An enumeration and its values in the schema's order.</summary>
internal sealed record EnumType(string Name, IReadOnlyList<string> Values);

/// <summary>An operation: the request's parameters (<c>_this</c> first), what comes back, which faults it declares.</summary>
internal sealed record Operation(string Name, IReadOnlyList<Field> Parameters, Field? Returns, IReadOnlyList<string> Faults);
