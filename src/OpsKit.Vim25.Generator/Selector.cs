using OpsKit.Vim25.Generator.Manifests;
using OpsKit.Vim25.Generator.Model;
using OpsKit.Vim25.Generator.Wsdl;

namespace OpsKit.Vim25.Generator;

/// <summary>Resolves a manifest against the schema and the property model, and refuses what contradicts them.</summary>
internal sealed class Selector(Manifest manifest, Schema schema, PropertyModel model)
{
    internal static Selection Select(Manifest manifest, Schema schema, PropertyModel model) => new Selector(manifest, schema, model).Select();

    private Selection Select()
    {
        var operations = manifest.Operations.Select(Resolve).OrderBy(operation => operation.Operation.Name, StringComparer.Ordinal).ToArray();
        var properties = manifest.Properties.Select(Resolve)
            .OrderBy(property => property.ObjectType, StringComparer.Ordinal).ThenBy(property => property.Path, StringComparer.Ordinal).ToArray();

        var closure = new TypeClosure(schema);
        closure.Add("MethodFault");
        closure.Add("LocalizedMethodFault");
        foreach (var operation in operations)
        {
            foreach (var field in operation.Operation.Parameters)
                closure.Add(field.Type);
            if (operation.Operation.Returns is { } returns)
                closure.Add(returns.Type);
            foreach (var fault in operation.Operation.Faults)
                closure.Add(fault);
        }

        foreach (var property in properties)
            closure.Add(property.Type.Item);
        foreach (var subtype in manifest.Subtypes)
            AddSubtype(closure, subtype);

        return new Selection(schema, model, operations, properties, closure.Types, closure.Enums);
    }

    private SelectedOperation Resolve(OperationEntry entry)
    {
        var managed = FindObject(entry.ObjectType, entry.Line);
        var operation = schema.Operations.GetValueOrDefault(entry.Operation)
            ?? throw Error(entry.Line, $"the WSDL has no operation \"{entry.Operation}\"{NearestName.Hint(entry.Operation, schema.Operations.Keys)}");
        var method = Methods(managed).FirstOrDefault(candidate => candidate.Name == entry.Operation)
            ?? throw Error(entry.Line, $"{entry.ObjectType} has no method \"{entry.Operation}\"{NearestName.Hint(entry.Operation, Methods(managed).Select(candidate => candidate.Name))}");

        if (OperationRules.Objection(entry, method) is { } objection)
            throw Error(entry.Line, $"{entry.Operation} is called a {entry.Kind.ToString().ToLowerInvariant()}, but {objection}: write \"change {entry.ObjectType}.{entry.Operation}\"");

        return new SelectedOperation(entry.Kind, entry.ObjectType, operation, method.Privilege, method.Since);
    }

    private SelectedProperty Resolve(PropertyEntry entry)
    {
        FindObject(entry.ObjectType, entry.Line);
        var steps = entry.Path.Split('.');
        var property = model.FindProperty(entry.ObjectType, steps[0])
            ?? throw Error(entry.Line, $"{entry.ObjectType} has no property \"{steps[0]}\"{NearestName.Hint(steps[0], model.PropertyNames(entry.ObjectType))}");
        var type = new ValueType(ModelType(property.Type), property.Array);
        var since = property.Since;
        foreach (var step in steps.Skip(1))
        {
            var fields = schema.Bases(type.Item.Name).Prepend(type.Item.Name)
                .SelectMany(name => schema.Types.TryGetValue(name, out var owner) ? owner.Fields.Select(candidate => (owner.Name, Field: candidate)) : [])
                .ToArray();
            var (owner, field) = fields.FirstOrDefault(candidate => candidate.Field.Name == step);
            if (field is null)
                throw Error(entry.Line, $"{type.Item.Name} has no field \"{step}\"{NearestName.Hint(step, fields.Select(candidate => candidate.Field.Name))}");
            type = new ValueType(field.Type, field.Array);
            var history = model.History.GetValueOrDefault(owner);
            since = ApiVersion.Later(since, ApiVersion.Later(history?.Since, history?.Properties.GetValueOrDefault(step)));
        }

        return new SelectedProperty(entry.ObjectType, entry.Path, type, since);
    }

    private void AddSubtype(TypeClosure closure, SubtypeEntry entry)
    {
        if (!schema.Types.ContainsKey(entry.Type))
            throw Error(entry.Line, $"the WSDL has no type \"{entry.Type}\"{NearestName.Hint(entry.Type, schema.Types.Keys)}");
        closure.Add(entry.Type);
        if (!entry.WithDescendants)
            return;
        foreach (var type in schema.Types.Keys.Where(name => schema.Bases(name).Contains(entry.Type)))
            closure.Add(type);
    }

    private IEnumerable<ManagedMethod> Methods(ManagedObject managed)
    {
        for (var type = managed; type is not null; type = type.Base is null ? null : model.Objects.GetValueOrDefault(type.Base))
        {
            foreach (var method in type.Methods)
                yield return method;
        }
    }

    private ManagedObject FindObject(string name, int line) => model.Objects.GetValueOrDefault(name)
        ?? throw Error(line, $"there is no managed object type \"{name}\"{NearestName.Hint(name, model.Objects.Keys)}");

    /// <summary>The property model writes XML Schema's types without a prefix.</summary>
    private TypeName ModelType(string name) => new(name, !schema.Types.ContainsKey(name) && !schema.Enums.ContainsKey(name));

    private GeneratorException Error(int line, string message) => new($"{manifest.Path}:{line}: {message}.");
}
