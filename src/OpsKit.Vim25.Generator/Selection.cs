using OpsKit.Vim25.Generator.Manifests;
using OpsKit.Vim25.Generator.Model;
using OpsKit.Vim25.Generator.Wsdl;

namespace OpsKit.Vim25.Generator;

/// <summary>What is generated: the manifest's entries, resolved, and the closure of every type they need.</summary>
internal sealed record Selection(
    Schema Schema,
    PropertyModel Model,
    IReadOnlyList<SelectedOperation> Operations,
    IReadOnlyList<SelectedProperty> Properties,
    IReadOnlyList<ComplexType> Types,
    IReadOnlyList<EnumType> Enums)
{
    /// <summary>The names under which lists stand in an anyType: those of properties and of fields that a property path can end in.</summary>
    internal IEnumerable<string> ArrayItemTypes() =>
        Types.SelectMany(type => type.Fields)
            .Where(field => field.Array && !field.Type.IsXsd)
            .Select(field => field.Type.Name)
            .Concat(Properties.Where(property => property.Type.Array && !property.Type.Item.IsXsd).Select(property => property.Type.Item.Name))
            .Where(name => name != BuiltIn.Reference)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
}

/// <summary>An operation, by whom it is offered and what it needs.</summary>
internal sealed record SelectedOperation(OperationKind Kind, string ObjectType, Operation Operation, string? Privilege, string? Since);

/// <summary>A property path and the type of its value.</summary>
internal sealed record SelectedProperty(string ObjectType, string Path, ValueType Type, string? Since);

/// <summary>A value's type: one item, or a list of them.</summary>
internal sealed record ValueType(TypeName Item, bool Array);

/// <summary>Types of the schema that are written by hand.</summary>
internal static class BuiltIn
{
    internal const string Reference = "ManagedObjectReference";

    /// <summary>The root of all data types; its counterpart is <c>DataObject</c>.</summary>
    internal const string Root = "DynamicData";
}
