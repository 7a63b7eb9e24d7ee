using OpsKit.Lab.VCenter.Sessions;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.PropertyCollector;

/// <summary>An object that a filter selects, with its type.</summary>
internal readonly record struct SelectedObject(ManagedObjectReference Reference, TypeShape Type);

/// <summary>A filter's specification, checked against the schema and ready to run.</summary>
internal sealed class FilterPlan
{
    private readonly SchemaVersion _schema;
    private readonly PropertyFilterSpec _spec;
    private readonly SelectionGraph _graph;
    private readonly List<(TypeShape Type, bool All, CompiledPath[] Paths)> _properties = [];
    private readonly Dictionary<string, CompiledPath[]?> _pathsByType = new(StringComparer.Ordinal);

    private FilterPlan(SchemaVersion schema, PropertyFilterSpec spec)
    {
        (_schema, _spec) = (schema, spec);
        _graph = new SelectionGraph(schema, spec.ObjectSet);
        foreach (var properties in spec.PropSet)
        {
            var type = ManagedType(schema, properties.Type, "type");
            _properties.Add((type, properties.All == true, properties.All == true ? [] : [.. properties.PathSet.Distinct(StringComparer.Ordinal).Select(path => CompiledPath.Compile(schema, type, path))]));
        }
    }

    /// <exception cref="LabFaultException">InvalidProperty, InvalidArgument or InvalidRequest: the specification is wrong.</exception>
    internal static FilterPlan Compile(SchemaVersion schema, PropertyFilterSpec spec) => new(schema, spec);

    internal PropertyFilterSpec Spec => _spec;

    /// <summary>The properties that lead from object to object: when one changes, other objects may be selected.</summary>
    internal bool Traverses(string property) => _graph.Roots.Contains(property);

    /// <summary>The paths that are wanted of an object; null where none of the specifications is for its type.</summary>
    internal IReadOnlyList<CompiledPath>? PathsOf(TypeShape type)
    {
        if (_pathsByType.TryGetValue(type.Name, out var known))
            return known;
        var matching = _properties.Where(properties => type.Is(properties.Type.Name)).ToArray();
        return _pathsByType[type.Name] = matching.Length == 0
            ? null
            : [.. matching.SelectMany(properties => properties.All ? type.Fields.Select(field => CompiledPath.Compile(_schema, type, field.Name)) : properties.Paths).DistinctBy(path => path.Text, StringComparer.Ordinal)];
    }

    /// <summary>The objects it selects now, each once, in the order they are reached.</summary>
    /// <exception cref="LabFaultException">ManagedObjectNotFound: it begins at an object that is not there, and that is not to be reported.</exception>
    internal IReadOnlyList<SelectedObject> Select(ObjectSpace space, out IReadOnlyList<MissingObject> missing) =>
        _graph.Select(space, _spec.ReportMissingObjectsInResults == true, PathsOf, out missing);

    internal static TypeShape ManagedType(SchemaVersion schema, string? name, string property) => schema.ManagedObject(name ?? "")
        ?? throw VimFaults.InvalidRequest($"The type name \"{name}\" is that of no managed object\nwhile parsing property \"{property}\" of static type TypeName");
}
