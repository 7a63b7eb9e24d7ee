using OpsKit.Lab.VCenter.Sessions;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.PropertyCollector;

/// <summary>The ways a filter goes from object to object: traversals, which may name each other and so go round in circles.</summary>
internal sealed class SelectionGraph
{
    private readonly Dictionary<string, TraversalSpec> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<TraversalSpec, Way> _ways = new(ReferenceEqualityComparer.Instance);
    private readonly List<(ObjectSpec Start, Way[] Ways)> _starts = [];
    private readonly SchemaVersion _schema;

    internal SelectionGraph(SchemaVersion schema, IReadOnlyList<ObjectSpec> starts)
    {
        _schema = schema;
        foreach (var start in starts)
            Name(start.SelectSet);
        foreach (var start in starts)
            _starts.Add((start, Ways(start.SelectSet)));
    }

    /// <summary>The properties that are followed.</summary>
    internal IEnumerable<string> Roots => _ways.Values.Select(way => way.Path.Root);

    internal IReadOnlyList<SelectedObject> Select(
        ObjectSpace space, bool reportMissing, Func<TypeShape, IReadOnlyList<CompiledPath>?> pathsOf, out IReadOnlyList<MissingObject> missing)
    {
        var gone = new List<MissingObject>();
        var run = new Run(space, pathsOf);
        foreach (var (start, ways) in _starts)
        {
            try
            {
                run.Visit(start.Obj!, space.Shape(start.Obj!), start.Skip == true, ways);
            }
            catch (LabFaultException e) when (reportMissing && e.Fault is ManagedObjectNotFound)
            {
                gone.Add(new MissingObject { Obj = start.Obj, Fault = VimFaults.Localized(e) });
            }

            run.Finish();
        }

        missing = gone;
        return run.Selected;
    }

    private void Name(IReadOnlyList<SelectionSpec> specs)
    {
        foreach (var traversal in specs.OfType<TraversalSpec>())
        {
            if (traversal.Name is { Length: > 0 } name)
                _named.TryAdd(name, traversal);
            Name(traversal.SelectSet);
        }
    }

    private Way[] Ways(IReadOnlyList<SelectionSpec> specs) => [.. specs.Select(spec => spec switch
    {
        TraversalSpec traversal => Way(traversal),
        { Name: { } name } when _named.TryGetValue(name, out var named) => Way(named),
        _ => throw VimFaults.InvalidArgument("selectSet"),
    })];

    private Way Way(TraversalSpec spec)
    {
        if (_ways.TryGetValue(spec, out var known))
            return known;
        var type = FilterPlan.ManagedType(_schema, spec.Type, "type");
        var path = CompiledPath.Compile(_schema, type, spec.Path!);
        if (!path.LeadsToObjects)
            throw VimFaults.InvalidProperty(spec.Path!);
        var way = new Way(type.Name, path, spec.Skip == true);
        _ways.Add(spec, way);
        way.Next = Ways(spec.SelectSet);
        return way;
    }

    /// <summary>One selection: who was reached by which way, and what came of it.</summary>
    private sealed class Run(ObjectSpace space, Func<TypeShape, IReadOnlyList<CompiledPath>?> pathsOf)
    {
        private readonly PropertyReading _reading = new(space);
        private readonly HashSet<(ManagedObjectReference, Way)> _gone = [];
        private readonly HashSet<ManagedObjectReference> _selected = [];
        private readonly Queue<(ManagedObjectReference, Way)> _waiting = [];

        internal List<SelectedObject> Selected { get; } = [];

        internal void Visit(ManagedObjectReference reference, TypeShape type, bool skip, Way[] ways)
        {
            if (!skip && pathsOf(type) is not null && _selected.Add(reference))
                Selected.Add(new SelectedObject(reference, type));
            foreach (var way in ways)
            {
                if (type.Is(way.Type) && _gone.Add((reference, way)))
                    _waiting.Enqueue((reference, way));
            }
        }

        internal void Finish()
        {
            while (_waiting.TryDequeue(out var next))
            {
                var (from, way) = next;
                foreach (var reached in Follow(from, way.Path))
                {
                    if (space.TypeOf(reached) is { } name && space.Schema.ManagedObject(name) is { } type)
                        Visit(reached, type, way.Skip, way.Next);
                }
            }
        }

        /// <summary>What cannot be read leads nowhere.</summary>
        private IEnumerable<ManagedObjectReference> Follow(ManagedObjectReference from, CompiledPath path)
        {
            try
            {
                return _reading.Read(from, path) switch
                {
                    ManagedObjectReference one => [one],
                    IArrayOf several => several.Items.OfType<ManagedObjectReference>(),
                    _ => [],
                };
            }
            catch (LabFaultException)
            {
                return [];
            }
        }
    }
}

/// <summary>A traversal: from objects of a type along a path.</summary>
internal sealed class Way(string type, CompiledPath path, bool skip)
{
    internal string Type => type;

    internal CompiledPath Path => path;

    /// <summary>Objects reached by it are not selected, only passed.</summary>
    internal bool Skip => skip;

    internal Way[] Next { get; set; } = [];
}
