using OpsKit.Vim25.Generator.Wsdl;

namespace OpsKit.Vim25.Generator.Emit;

/// <summary>One file a data type or enumeration.</summary>
internal sealed class TypeFiles(Selection selection, string header)
{
    private readonly FieldCode _fields = new(selection.Schema);

    internal IEnumerable<GeneratedFile> Write()
    {
        foreach (var type in selection.Types)
            yield return new GeneratedFile($"Types/{type.Name}.cs", DataType(type));
        foreach (var type in selection.Enums)
            yield return new GeneratedFile($"Enums/{type.Name}.cs", Enumeration(type));
    }

    private string DataType(ComplexType type)
    {
        var history = selection.Model.History.GetValueOrDefault(type.Name);
        var isRoot = type.Base is null or BuiltIn.Root;
        var source = new SourceText().Line(header).Line().Line("namespace OpsKit.Vim25.Types;").Line()
            .Summary($"<c>{type.Name}</c>{(isRoot ? "" : $", a <see cref=\"{type.Base}\"/>")}{Since(history?.Since)}.");
        var properties = type.Fields.Select(field => (Field: field, Name: CSharpNames.Property(field.Name, type.Name))).ToArray();
        source.Block($"public partial class {type.Name} : {(isRoot ? "DataObject" : type.Base)}", () =>
        {
            foreach (var (field, name) in properties)
            {
                var since = history?.Properties.GetValueOrDefault(field.Name);
                source.Summary($"<c>{field.Name}</c>; {(field.Optional ? "optional" : "required")}{Since(since == history?.Since ? null : since)}.")
                    .Line($"public {FieldCode.Type(field)} {name} {{ get; set; }}{(field.Array ? " = [];" : "")}")
                    .Line();
            }

            source.Line($"internal override string WireTypeName => \"{type.Name}\";");
            if (properties.Length == 0)
                return;

            source.Line().Block("internal override bool ReadField(VimReader reader, string name)", () => source
                .Block("switch (name)", () =>
                {
                    foreach (var (field, name) in properties)
                        source.Line($"case \"{field.Name}\":").Indented(() => source.Line(_fields.Assign(field, name)).Line("return true;"));
                    source.Line("default:").Indented(() => source.Line("return base.ReadField(reader, name);"));
                }));
            source.Line().Block("internal override void WriteFields(VimWriter writer)", () =>
            {
                source.Line("base.WriteFields(writer);");
                foreach (var (field, name) in properties)
                    source.Line(_fields.Write(field, name));
            });
            source.Line().Line("internal override object? GetField(string name) => name switch").Line("{").Indented(() =>
            {
                foreach (var (field, name) in properties)
                    source.Line($"\"{field.Name}\" => {name},");
                source.Line("_ => base.GetField(name),");
            }).Line("};");
        });
        return source.ToString();
    }

    private string Enumeration(EnumType type)
    {
        var since = selection.Model.History.GetValueOrDefault(type.Name)?.Since;
        var members = type.Values.Select(value => (Value: value, Name: CSharpNames.EnumMember(value, type.Name))).ToArray();
        var source = new SourceText().Line(header).Line().Line("namespace OpsKit.Vim25.Types;").Line()
            .Summary($"<c>{type.Name}</c>{Since(since)}. Keeps values that this client does not know.");
        source.Block($"public readonly record struct {type.Name} : IOpenEnumeration<{type.Name}>", () =>
        {
            source.Line("private readonly string? _value;").Line()
                .Summary("Makes the value for a text from the wire.")
                .Line($"public {type.Name}(string value) => _value = value;").Line();
            foreach (var (value, name) in members)
                source.Summary($"<c>{Escape(value)}</c>").Line($"public static {type.Name} {name} => new(\"{value}\");").Line();

            source.Line("/// <inheritdoc/>").Line("public string Value => _value ?? \"\";").Line()
                .Line("/// <inheritdoc/>")
                .Line(members.Length == 0
                    ? "public bool IsKnown => false;"
                    : $"public bool IsKnown => Value is {string.Join(" or ", members.Select(member => $"\"{member.Value}\""))};").Line()
                .Line("/// <inheritdoc/>").Line($"public static {type.Name} FromText(string text) => new(text);").Line()
                .Summary("The text on the wire.").Line("public override string ToString() => Value;");
        });
        return source.ToString();
    }

    private static string Since(string? version) => version is null ? "" : $"; since API {version}";

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);
}
