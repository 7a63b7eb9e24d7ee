namespace OpsKit.Vim25.Generator.Emit;

/// <summary>One file a managed object type, with its property paths.</summary>
internal sealed class PropertyFiles(Selection selection, string header)
{
    private readonly FieldCode _fields = new(selection.Schema);

    internal IEnumerable<GeneratedFile> Write() => selection.Properties
        .GroupBy(property => property.ObjectType)
        .Select(group => new GeneratedFile($"Properties/{group.Key}Properties.cs", File(group.Key, [.. group])));

    private string File(string objectType, IReadOnlyList<SelectedProperty> properties)
    {
        var source = new SourceText().Line(header).Line().Line("using OpsKit.Vim25.Types;").Line().Line("namespace OpsKit.Vim25;").Line()
            .Summary($"Property paths of <c>{objectType}</c>.");
        source.Block($"public static class {objectType}Properties", () =>
        {
            for (var i = 0; i < properties.Count; i++)
            {
                if (i > 0)
                    source.Line();
                var property = properties[i];
                var item = FieldCode.ItemType(property.Type.Item);
                var type = property.Type.Array ? $"IReadOnlyList<{item}>" : _fields.IsValue(property.Type.Item) ? item + "?" : item;
                source.Summary($"<c>{property.Path}</c>{(property.Since is null ? "" : $"; since API {property.Since}")}.")
                    .Line($"public static PropertyPath<{type}> {CSharpNames.Pascal(property.Path)} {{ get; }} = new(\"{objectType}\", \"{property.Path}\"){FromText(property.Type)};");
            }
        });
        return source.ToString();
    }

    /// <summary>Some servers send an enumeration as a plain string.</summary>
    private string FromText(ValueType type) =>
        !type.Array && _fields.IsEnum(type.Item) ? $" {{ FromText = static text => new {type.Item.Name}(text) }}" : "";
}
