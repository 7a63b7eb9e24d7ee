using OpsKit.Lab.VCenter.Sessions;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.PropertyCollector;

/// <summary>Reads paths of objects; each property of an object is asked for once, however many paths begin with it.</summary>
internal sealed class PropertyReading(ObjectSpace space)
{
    private readonly Dictionary<string, object?> _roots = new(StringComparer.Ordinal);
    private ManagedObjectReference? _of;

    /// <summary>The value at a path; null where it is unset.</summary>
    /// <exception cref="LabFaultException">It cannot be read now, or not by this caller.</exception>
    internal object? Read(ManagedObjectReference reference, CompiledPath path)
    {
        if (!ReferenceEquals(_of, reference))
        {
            _of = reference;
            _roots.Clear();
        }

        if (!_roots.TryGetValue(path.Root, out var root))
            _roots[path.Root] = root = Property(reference, path.Root);
        return path.Follow(root);
    }

    /// <summary>What is set and what is missing of the paths.</summary>
    internal (IReadOnlyList<DynamicProperty> Set, IReadOnlyList<MissingProperty> Missing) Read(ManagedObjectReference reference, IReadOnlyList<CompiledPath> paths)
    {
        var set = new List<DynamicProperty>(paths.Count);
        List<MissingProperty>? missing = null;
        foreach (var path in paths)
        {
            try
            {
                if (Read(reference, path) is { } value)
                    set.Add(new DynamicProperty { Name = path.Text, Val = value });
            }
            catch (LabFaultException e) when (e.Fault is not ManagedObjectNotFound)
            {
                (missing ??= []).Add(new MissingProperty { Path = path.Text, Fault = VimFaults.Localized(e) });
            }
        }

        return (set, missing ?? (IReadOnlyList<MissingProperty>)[]);
    }

    /// <summary>The path is one that the type has: where the lab knows nothing of it, it is unset.</summary>
    private object? Property(ManagedObjectReference reference, string name)
    {
        try
        {
            return space.Property(reference, name);
        }
        catch (LabFaultException e) when (e.Fault is InvalidProperty)
        {
            return null;
        }
    }
}
