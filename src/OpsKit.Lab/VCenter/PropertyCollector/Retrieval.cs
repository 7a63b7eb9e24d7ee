using OpsKit.Lab.VCenter.Sessions;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.PropertyCollector;

/// <summary>One retrieval: its objects are chosen when it begins, their properties read as its pages are fetched.</summary>
internal sealed class Retrieval
{
    private readonly List<(FilterPlan Plan, SelectedObject Object)> _objects = [];
    private readonly int _pageSize;
    private int _next;

    internal Retrieval(ObjectSpace space, IEnumerable<PropertyFilterSpec> specs, int pageSize)
    {
        _pageSize = pageSize;
        foreach (var plan in specs.Select(spec => FilterPlan.Compile(space.Schema, spec)).ToArray())
            _objects.AddRange(plan.Select(space, out _).Select(one => (plan, one)));
    }

    internal bool IsAtEnd => _next >= _objects.Count;

    /// <summary>The next page; objects that went away meanwhile are not on it.</summary>
    internal IReadOnlyList<ObjectContent> Read(ObjectSpace space)
    {
        var reading = new PropertyReading(space);
        var page = new List<ObjectContent>(Math.Min(_pageSize, _objects.Count - _next));
        for (; !IsAtEnd && page.Count < _pageSize; _next++)
        {
            var (plan, (reference, type)) = _objects[_next];
            if (space.TypeOf(reference) is null)
                continue;
            var (set, missing) = reading.Read(reference, plan.PathsOf(type)!);
            page.Add(new ObjectContent { Obj = reference, PropSet = set, MissingSet = missing });
        }

        return page;
    }
}
