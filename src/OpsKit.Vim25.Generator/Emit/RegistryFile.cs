using OpsKit.Vim25.Generator.Manifests;

namespace OpsKit.Vim25.Generator.Emit;

/// <summary>The table from wire names to types.</summary>
internal sealed class RegistryFile(Selection selection, string header, Manifest manifest)
{
    private readonly FieldCode _fields = new(selection.Schema);

    internal GeneratedFile Write()
    {
        var source = new SourceText().Line(header).Line().Line("using OpsKit.Vim25.Types;").Line().Line("namespace OpsKit.Vim25;").Line()
            .Summary("Which class stands for which type name.");
        source.Block("internal static class VimTypes", () =>
        {
            source.Summary("The API version of the WSDL all this was generated from.").Line($"internal const string ApiVersion = \"{manifest.ApiVersion}\";").Line();
            source.Summary("SHA-256 of what the manifest says.").Line($"internal const string ManifestHash = \"{manifest.Hash}\";").Line();
            Names(source);
            Requests(source);
            ReadRequest(source);
            Create(source);
            Others(source);
            Enums(source);
            NearestBases(source);
        });
        return new GeneratedFile("VimTypes.cs", source.ToString());
    }

    private void Names(SourceText source)
    {
        source.Summary("All data types.").Line("internal static IReadOnlyList<string> Names { get; } =").Line("[").Indented(() =>
        {
            foreach (var type in selection.Types)
                source.Line($"\"{type.Name}\",");
        }).Line("];").Line();
    }

    private void Requests(SourceText source)
    {
        source.Summary("An empty request of every operation.");
        source.Block("internal static IEnumerable<VimRequest> Requests(ManagedObjectReference self)", () =>
        {
            foreach (var operation in selection.Operations)
                source.Line($"yield return new {OperationFiles.RequestName(operation)} {{ Self = self }};");
        }).Line();
    }

    private void ReadRequest(SourceText source) => source
        .Summary("Reads the request of an operation; null for a name that is none.")
        .Line("internal static VimRequest? ReadRequest(string operation, RequestReader parameters) => operation switch").Line("{")
        .Indented(() =>
        {
            foreach (var operation in selection.Operations)
                source.Line($"\"{operation.Operation.Name}\" => {OperationFiles.RequestName(operation)}.Read(parameters),");
            source.Line("_ => null,");
        })
        .Line("};").Line();

    private void Create(SourceText source) => source
        .Summary("An empty object of a data type; null for a name that is none.")
        .Line("internal static DataObject? Create(string typeName) => typeName switch").Line("{")
        .Indented(() =>
        {
            foreach (var type in selection.Types)
                source.Line($"\"{type.Name}\" => new {type.Name}(),");
            source.Line("_ => null,");
        })
        .Line("};").Line();

    private void Others(SourceText source)
    {
        source.Summary("Reads an enumeration or a list; false for a name that is neither.");
        source.Block("internal static bool TryReadOther(VimReader reader, string typeName, out object? value)", () =>
        {
            source.Line("value = typeName switch").Line("{").Indented(() =>
            {
                foreach (var type in selection.Enums)
                    source.Line($"\"{type.Name}\" => reader.ReadEnum<{type.Name}>(),");
                foreach (var name in selection.ArrayItemTypes())
                {
                    var type = new Wsdl.TypeName(name, false);
                    var method = _fields.IsValue(type) ? "ReadScalars" : "ReadArray";
                    source.Line($"\"ArrayOf{name}\" => reader.{method}(typeName, static reader => {_fields.Read(type)}),");
                }

                source.Line("_ => NoSuchType,");
            }).Line("};").Line("return !ReferenceEquals(value, NoSuchType);");
        }).Line();
        source.Line("private static readonly object NoSuchType = new();").Line();
    }

    private void Enums(SourceText source)
    {
        source.Summary("The type name and text of an enumeration's value; false for anything else.");
        source.Block("internal static bool TryWriteEnum(object value, out string typeName, out string text)", () =>
        {
            source.Line("(typeName, text) = value switch").Line("{").Indented(() =>
            {
                foreach (var type in selection.Enums)
                    source.Line($"{type.Name} e => (\"{type.Name}\", e.Value),");
                source.Line("_ => (\"\", \"\"),");
            }).Line("};").Line("return typeName.Length > 0;");
        }).Line();
    }

    /// <summary>Types that the WSDL has and the selection has not, by the nearest of their bases that it has.</summary>
    private void NearestBases(SourceText source)
    {
        var selected = selection.Types.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var groups = selection.Schema.Types.Keys
            .Where(name => !selected.Contains(name))
            .Select(name => (Name: name, Base: selection.Schema.Bases(name).FirstOrDefault(selected.Contains)))
            .Where(pair => pair.Base is not null)
            .GroupBy(pair => pair.Base!, pair => pair.Name)
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        source.Summary("The nearest base that this client knows of a type that it does not; null where there is none.")
            .Line("internal static string? NearestKnownBase(string typeName) => typeName switch").Line("{")
            .Indented(() =>
            {
                foreach (var group in groups)
                {
                    var names = group.Order(StringComparer.Ordinal).ToArray();
                    for (var i = 0; i < names.Length; i++)
                        source.Line($"{(i == 0 ? "" : "or ")}\"{names[i]}\"{(i == names.Length - 1 ? $" => \"{group.Key}\"," : "")}");
                }

                source.Line("_ => null,");
            })
            .Line("};");
    }
}
