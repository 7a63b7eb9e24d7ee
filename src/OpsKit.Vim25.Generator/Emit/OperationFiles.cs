using OpsKit.Vim25.Generator.Manifests;
using OpsKit.Vim25.Generator.Wsdl;

namespace OpsKit.Vim25.Generator.Emit;

/// <summary>The requests, and for each kind of operation an interface and the class that implements it.</summary>
internal sealed class OperationFiles(Selection selection, string header)
{
    private static readonly (OperationKind Kind, string Name, string Summary)[] Groups =
    [
        (OperationKind.Session, "VimSessions", "Begins, ends and checks sessions."),
        (OperationKind.Query, "VimQueries", "Everything that only reads. A planner is given this and nothing else."),
        (OperationKind.Change, "VimChanges", "Everything that changes an object of the inventory or a host."),
    ];

    private readonly FieldCode _fields = new(selection.Schema);

    internal IEnumerable<GeneratedFile> Write()
    {
        foreach (var group in selection.Operations.GroupBy(operation => operation.ObjectType).OrderBy(group => group.Key, StringComparer.Ordinal))
            yield return new GeneratedFile($"Requests/{group.Key}Requests.cs", Requests(group));
        foreach (var (kind, name, summary) in Groups)
        {
            var operations = selection.Operations.Where(operation => operation.Kind == kind).ToArray();
            yield return new GeneratedFile($"Operations/I{name}.cs", Interface(name, summary, operations));
            yield return new GeneratedFile($"Operations/{name}.cs", Implementation(name, summary, operations));
        }
    }

    private string Requests(IEnumerable<SelectedOperation> operations)
    {
        var source = new SourceText().Line(header).Line().Line("using OpsKit.Vim25.Types;").Line().Line("namespace OpsKit.Vim25;");
        foreach (var selected in operations)
        {
            var name = RequestName(selected);
            var fields = Parameters(selected).Select(field => (Field: field, Name: CSharpNames.Property(field.Name, name))).ToArray();
            source.Line().Summary($"<c>{selected.ObjectType}.{selected.Operation.Name}</c>{Facts(selected)}.");
            source.Block($"public sealed class {name} : VimRequest", () =>
            {
                source.Line("/// <inheritdoc/>").Line($"public override string Operation => \"{selected.Operation.Name}\";").Line()
                    .Line("/// <inheritdoc/>").Line($"public override OperationKind Kind => OperationKind.{selected.Kind};").Line()
                    .Line($"internal override string ObjectType => \"{selected.ObjectType}\";").Line()
                    .Line($"internal override string? Privilege => {(selected.Privilege is null ? "null" : $"\"{selected.Privilege}\"")};").Line();
                foreach (var (field, property) in fields)
                {
                    source.Summary($"<c>{field.Name}</c>; {(field.Optional ? "optional" : "required")}.")
                        .Line($"public {FieldCode.Type(field)} {property} {{ get; init; }}{(field.Array ? " = [];" : "")}").Line();
                }

                source.Block("internal override void WriteParameters(VimWriter writer)", () =>
                {
                    foreach (var (field, property) in fields)
                        source.Line(_fields.Write(field, property));
                }).Line();
                ServerSide(source, selected, name, fields);
            });
        }

        return source.ToString();
    }

    /// <summary>What a server needs: the request read from its element, the response's content written.</summary>
    private void ServerSide(SourceText source, SelectedOperation selected, string name, IReadOnlyList<(Field Field, string Name)> fields)
    {
        source.Line($"internal static {name} Read(RequestReader parameters) => new()").Line("{").Indented(() =>
        {
            source.Line("Self = parameters.This(),");
            foreach (var (field, property) in fields)
                source.Line($"{property} = {_fields.Parameter(field)},");
        }).Line("};").Line();
        source.Block("internal override void WriteReturn(VimWriter writer, object? result)", () =>
        {
            if (selected.Operation.Returns is { } returns)
                source.Line(_fields.Write(returns, FieldCode.Cast(returns, "result")));
        });
    }

    private string Interface(string name, string summary, IReadOnlyList<SelectedOperation> operations)
    {
        var source = new SourceText().Line(header).Line().Line("using OpsKit.Vim25.Types;").Line().Line("namespace OpsKit.Vim25;").Line().Summary(summary);
        source.Block($"public interface I{name}", () =>
        {
            var first = true;
            foreach (var selected in operations)
            {
                if (!first)
                    source.Line();
                first = false;
                source.Summary($"<c>{selected.ObjectType}.{selected.Operation.Name}</c>{Facts(selected)}.")
                    .Line($"/// <param name=\"self\">The {selected.ObjectType}.</param>");
                foreach (var field in Ordered(selected))
                    source.Line($"/// <param name=\"{CSharpNames.Parameter(field.Name).TrimStart('@')}\"><c>{field.Name}</c>{(field.Optional ? "; optional" : "")}.</param>");
                source.Line("/// <param name=\"cancellationToken\">Abandons the call.</param>");
                if (selected.Operation.Faults.Count > 0)
                    source.Line($"/// <exception cref=\"VimFaultException\">{string.Join(", ", selected.Operation.Faults)}.</exception>");
                source.Line($"{Signature(selected)};");
            }
        });
        return source.ToString();
    }

    private string Implementation(string name, string summary, IReadOnlyList<SelectedOperation> operations)
    {
        var source = new SourceText().Line(header).Line().Line("using OpsKit.Vim25.Types;").Line().Line("namespace OpsKit.Vim25;").Line().Summary(summary)
            .Line("/// <param name=\"invoker\">Sends the requests.</param>");
        source.Block($"public sealed class {name}(ISoapInvoker invoker) : I{name}", () =>
        {
            var first = true;
            foreach (var selected in operations)
            {
                if (!first)
                    source.Line();
                first = false;
                source.Line("/// <inheritdoc/>").Line($"public {Signature(selected)} =>").Indented(() => source.Line(Call(selected)));
            }
        });
        return source.ToString();
    }

    private string Call(SelectedOperation selected)
    {
        var name = RequestName(selected);
        var values = Parameters(selected).Select(field =>
        {
            var parameter = CSharpNames.Parameter(field.Name);
            return $"{CSharpNames.Property(field.Name, name)} = {parameter}{(field is { Array: true, Optional: true } ? " ?? []" : "")}";
        });
        var request = $"new {name} {{ {string.Join(", ", values.Prepend("Self = self"))} }}";
        var read = selected.Operation.Returns switch
        {
            null => "static reader => reader.ReadNothing()",
            { Array: true } returns => $"static reader => reader.ReadReturns{ValueSuffix(returns)}(static reader => {_fields.Read(returns.Type)})",
            { } returns => $"static reader => reader.ReadReturn(static reader => {_fields.Read(returns.Type)})",
        };
        return $"invoker.InvokeAsync({request}, {read}, cancellationToken);";
    }

    private string ValueSuffix(Field returns) => _fields.IsValue(returns.Type) ? "Values" : "";

    private static string Signature(SelectedOperation selected)
    {
        var returns = selected.Operation.Returns is { } field ? $"Task<{FieldCode.Type(field)}>" : "Task";
        var parameters = Ordered(selected).Select(parameter =>
        {
            var name = CSharpNames.Parameter(parameter.Name);
            var type = FieldCode.Type(parameter).TrimEnd('?');
            return parameter.Optional ? $"{type}? {name} = null" : $"{type} {name}";
        });
        var all = parameters.Prepend("ManagedObjectReference self").Append("CancellationToken cancellationToken = default");
        return $"{returns} {CSharpNames.Operation(selected.Operation.Name)}Async({string.Join(", ", all)})";
    }

    /// <summary>Required parameters come first, as C# wants it; the request writes them in the schema's order.</summary>
    private static IEnumerable<Field> Ordered(SelectedOperation selected) => Parameters(selected).OrderBy(field => field.Optional);

    private static IEnumerable<Field> Parameters(SelectedOperation selected) => selected.Operation.Parameters.Where(field => field.Name != "_this");

    internal static string RequestName(SelectedOperation selected) => CSharpNames.Operation(selected.Operation.Name) + "Request";

    private static string Facts(SelectedOperation selected) =>
        (selected.Since is null ? "" : $"; since API {selected.Since}") + (selected.Privilege is null ? "" : $"; privilege {selected.Privilege}");
}
