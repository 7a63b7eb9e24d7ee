using OpsKit.Vim25.Generator.Wsdl;

namespace OpsKit.Vim25.Generator.Emit;

/// <summary>The shapes of data types and managed objects, for a server: it holds requests to their order and finds properties by their path.</summary>
internal sealed class SchemaFile(Selection selection, string header)
{
    internal GeneratedFile Write()
    {
        var source = new SourceText().Line(header).Line().Line("namespace OpsKit.Vim25;").Line()
            .Summary("Types as text: the base, a colon, then each own field as its name, how often it stands and its type.")
            .Line("/// <remarks><c>!</c> once, <c>?</c> at most once, <c>+</c> at least once, <c>*</c> any number. XML Schema's own types begin with <c>xsd:</c>.</remarks>");
        source.Block("internal static class VimSchema", () =>
        {
            source.Summary("A data type with the fields of its own; null for a name that is none.")
                .Line("internal static string? DataType(string name) => name switch").Line("{").Indented(() =>
                {
                    foreach (var type in selection.Types)
                        source.Line($"\"{type.Name}\" => \"{(type.Base == BuiltIn.Root ? "" : type.Base)}:{string.Concat(type.Fields.Select(field => " " + Text(field)))}\",");
                    source.Line("_ => null,");
                }).Line("};").Line();
            source.Summary("A managed object type with the properties of its own; null for a name that is none.")
                .Line("internal static string? ManagedObject(string name) => name switch").Line("{").Indented(() =>
                {
                    foreach (var (name, type) in selection.Model.Objects.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                        source.Line($"\"{name}\" => \"{type.Base}:{string.Concat(type.Properties.Select(property => " " + Text(property)))}\",");
                    source.Line("_ => null,");
                }).Line("};");
        });
        return new GeneratedFile("VimSchema.cs", source.ToString());
    }

    private static string Text(Field field) => $"{field.Name}{Count(field.Optional, field.Array)}{(field.Type.IsXsd ? "xsd:" : "")}{field.Type.Name}";

    private string Text(Model.ManagedProperty property) =>
        $"{property.Name}{Count(optional: true, property.Array)}{(IsData(property.Type) ? "" : "xsd:")}{property.Type}";

    private bool IsData(string type) => selection.Schema.Types.ContainsKey(type) || selection.Schema.Enums.ContainsKey(type);

    private static char Count(bool optional, bool array) => (optional, array) switch
    {
        (false, false) => '!',
        (true, false) => '?',
        (false, true) => '+',
        (true, true) => '*',
    };
}
