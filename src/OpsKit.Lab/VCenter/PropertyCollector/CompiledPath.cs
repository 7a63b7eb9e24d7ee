using System.Collections;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.PropertyCollector;

/// <summary>
/// A property path of a managed object type, such as <c>summary.config.name</c> or <c>config.hardware.device[2000]</c>. What the type, or any that
/// may stand in its place, does not have is refused.
/// </summary>
internal sealed class CompiledPath
{
    private readonly Step[] _steps;

    private CompiledPath(string text, Step[] steps) => (Text, _steps) = (text, steps);

    /// <summary>The path as the client wrote it.</summary>
    internal string Text { get; }

    /// <summary>The managed object's property that it begins with.</summary>
    internal string Root => _steps[0].Name;

    /// <summary>Whether it can end in references to managed objects.</summary>
    internal bool LeadsToObjects => _steps[^1].Field is not { IsReference: false };

    /// <exception cref="LabFaultException">InvalidProperty: the type has no such path.</exception>
    internal static CompiledPath Compile(SchemaVersion schema, TypeShape type, string text)
    {
        var steps = new List<Step>();
        var owner = type;
        foreach (var part in Split(text))
        {
            var (name, key) = Keyed(part, text);
            var field = steps.Count == 0 ? type.Field(name) : Find(schema, owner, name);
            if (field is null || (key is not null && !field.Array) || (owner is null && steps.Count > 0))
                throw VimFaults.InvalidProperty(text);
            if (steps is [.., { Field.Array: true, Key: null }])
                throw VimFaults.InvalidProperty(text);
            steps.Add(new Step(name, key, field));
            owner = schema.Data(field.Type);
        }

        return steps.Count > 0 ? new CompiledPath(text, [.. steps]) : throw VimFaults.InvalidProperty(text);
    }

    /// <summary>Follows the path from the value of its <see cref="Root"/>; null where something on the way is unset.</summary>
    internal object? Follow(object? value)
    {
        for (var i = 0; i < _steps.Length && value is not null; i++)
        {
            var step = _steps[i];
            if (i > 0)
                value = (value as DataObject)?.GetField(step.Name);
            if (step.Key is { } key)
                value = (value as IEnumerable)?.Cast<object?>().FirstOrDefault(item => HasKey(item, key));
            else if (i == _steps.Length - 1)
                value = AsAny(value, step.Field, isNested: i > 0);
        }

        return value;
    }

    /// <summary>A list as it stands where anything may; an optional list without items is unset, unless the object itself has it.</summary>
    private static object? AsAny(object? value, FieldShape field, bool isNested) => value switch
    {
        null or IArrayOf => value,
        IEnumerable items when field.Array && value is not string => isNested && !field.Required && !items.Cast<object?>().Any() ? null : new AnyList(field.ArrayTypeName, items),
        _ => value,
    };

    private static bool HasKey(object? item, string key) => item switch
    {
        DataObject data => data.GetField("key") switch
        {
            null => false,
            string text => text == key.Trim('"'),
            ManagedObjectReference reference => reference.Value == key.Trim('"'),
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture) == key,
            _ => false,
        },
        ManagedObjectReference reference => reference.Value == key.Trim('"'),
        _ => false,
    };

    /// <summary>A field of the type or of one that extends it: what stands there is only known when it is read.</summary>
    private static FieldShape? Find(SchemaVersion schema, TypeShape? owner, string name)
    {
        if (owner is null || owner.Field(name) is { } field)
            return owner?.Field(name);
        return VimTypes.Names.Select(schema.Data).OfType<TypeShape>().Where(shape => shape.Is(owner.Name)).Select(shape => shape.Field(name)).FirstOrDefault(found => found is not null);
    }

    /// <summary>Dots within brackets belong to a key.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (text[i] != '.' || depth > 0)
                continue;
            yield return text[start..i];
            start = i + 1;
        }

        yield return text[start..];
    }

    private static (string Name, string? Key) Keyed(string part, string path)
    {
        var bracket = part.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
            return (part, null);
        return bracket > 0 && part[^1] == ']' && part.Length > bracket + 2 ? (part[..bracket], part[(bracket + 1)..^1]) : throw VimFaults.InvalidProperty(path);
    }

    private sealed record Step(string Name, string? Key, FieldShape Field);

    /// <summary>A list with its type's name on the wire.</summary>
    private sealed class AnyList(string typeName, IEnumerable items) : IArrayOf
    {
        public string TypeName => typeName;

        public IEnumerable<object?> Items => items.Cast<object?>();
    }
}
