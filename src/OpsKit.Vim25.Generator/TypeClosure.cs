using OpsKit.Vim25.Generator.Wsdl;

namespace OpsKit.Vim25.Generator;

/// <summary>Collects types together with their bases and the types of their fields.</summary>
internal sealed class TypeClosure(Schema schema)
{
    private readonly SortedDictionary<string, ComplexType> _types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, EnumType> _enums = new(StringComparer.Ordinal);

    internal IReadOnlyList<ComplexType> Types => [.. _types.Values];

    internal IReadOnlyList<EnumType> Enums => [.. _enums.Values];

    internal void Add(TypeName type)
    {
        if (!type.IsXsd)
            Add(type.Name);
    }

    internal void Add(string name)
    {
        var waiting = new Stack<string>([name]);
        while (waiting.TryPop(out var next))
        {
            if (next is BuiltIn.Reference or BuiltIn.Root)
                continue;
            if (schema.Enums.TryGetValue(next, out var enumeration))
            {
                _enums[next] = enumeration;
                continue;
            }

            if (!schema.Types.TryGetValue(next, out var type))
                throw new GeneratorException($"The WSDL uses the type \"{next}\" and does not define it.");
            if (!_types.TryAdd(next, type))
                continue;
            if (type.Base is not null)
                waiting.Push(type.Base);
            foreach (var field in type.Fields.Where(field => !field.Type.IsXsd))
                waiting.Push(field.Type.Name);
        }
    }
}
