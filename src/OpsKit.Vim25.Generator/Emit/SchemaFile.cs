using OpsKit.Vim25.Generator.Wsdl;

namespace OpsKit.Vim25.Generator.Emit;

/// <summary>The shapes of data types and managed objects, for a server: it holds requests to their order and finds properties by their path.</summary>
internal sealed class SchemaFile(Selection selection, string header)
{
    internal GeneratedFile Write()
    {
        var source = new SourceText().Line(header).Line().Line("namespace OpsKit.Vim25;").Line()
            .Summary("Types as text: the base, a colon, then each own field as its name, how often it stands and its type.")
            .Line("/// <remarks>")
            .Line("/// <c>!</c> once, <c>?</c> at most once, <c>+</c> at least once, <c>*</c> any number. XML Schema's own types begin with <c>xsd:</c>. Behind an")
            .Line("/// <c>@</c> stands the API version that brought the type, or the field where that is another.")
            .Line("/// </remarks>");
        source.Block("internal static class VimSchema", () =>
        {
            source.Summary("A data type with the fields of its own; null for a name that is none.")
                .Line("internal static string? DataType(string name) => name switch").Line("{").Indented(() =>
                {
                    foreach (var type in selection.Types)
                        source.Line($"\"{type.Name}\" => \"{Text(type)}\",");
                    source.Line("_ => null,");
                }).Line("};").Line();
            source.Summary("A managed object type with the properties of its own; null for a name that is none.")
                .Line("internal static string? ManagedObject(string name) => name switch").Line("{").Indented(() =>
                {
                    foreach (var (name, type) in selection.Model.Objects.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                        source.Line($"\"{name}\" => \"{type.Base}{Since(type.Since)}:{string.Concat(type.Properties.Select(property => $" {Text(property)}{Since(Other(property.Since, type.Since))}"))}\",");
                    source.Line("_ => null,");
                }).Line("};").Line();
            source.Summary("The API version that brought an operation; null where that is not known.")
                .Line("internal static string? OperationSince(string name) => name switch").Line("{").Indented(() =>
                {
                    foreach (var operation in selection.Operations.Where(selected => selected.Since is not null).OrderBy(selected => selected.Operation.Name, StringComparer.Ordinal))
                        source.Line($"\"{operation.Operation.Name}\" => \"{operation.Since}\",");
                    source.Line("_ => null,");
                }).Line("};");
        });
        return new GeneratedFile("VimSchema.cs", source.ToString());
    }

    private string Text(ComplexType type)
    {
        var history = selection.Model.History.GetValueOrDefault(type.Name);
        var fields = type.Fields.Select(field => $" {Text(field)}{Since(Other(history?.Properties.GetValueOrDefault(field.Name), history?.Since))}");
        return $"{(type.Base == BuiltIn.Root ? "" : type.Base)}{Since(history?.Since)}:{string.Concat(fields)}";
    }

    private static string Since(string? version) => version is null ? "" : "@" + version;

    private static string? Other(string? version, string? owners) => version == owners ? null : version;

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
