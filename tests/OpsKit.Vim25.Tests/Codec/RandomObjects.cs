using System.Reflection;
using System.Xml.Linq;
using OpsKit.TestKit;

namespace OpsKit.Vim25.Tests.Codec;

/// <summary>Fills any generated object or request with random contents that the schema allows.</summary>
internal sealed class RandomObjects(int seed)
{
    private static readonly Type[] DataTypes = [.. VimTypes.Names.Select(name => VimTypes.Create(name)!.GetType())];
    private static readonly Lazy<HashSet<string>> Required = new(ReadRequired);
    private readonly Random _random = new(seed);

    internal static string SchemaFile => Repository.PathOf("src/OpsKit.Vim25/Generated/vim25.xsd");

    /// <summary>The schema of whole messages. Type names in a body use prefixes that the envelope declares: a body cannot be validated alone.</summary>
    internal static string EnvelopeSchemaFile => Repository.PathOf("src/OpsKit.Vim25/Soap/envelope.xsd");

    internal DataObject Create(string typeName)
    {
        var value = VimTypes.Create(typeName)!;
        Fill(value, depth: 0);
        return value;
    }

    internal void Fill(object target, int depth)
    {
        foreach (var property in target.GetType().GetProperties().Where(property => property.CanWrite))
        {
            var chosen = depth < 2 && _random.Next(4) > 0;
            if (property.Name != nameof(VimRequest.Self) && (chosen || IsRequired(property)))
                property.SetValue(target, Value(property.PropertyType, depth));
        }
    }

    private object Value(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return List(type.GenericTypeArguments[0], depth);
        if (typeof(DataObject).IsAssignableFrom(type))
            return Object(type, depth);
        if (type == typeof(object))
            return Anything(depth);
        if (type == typeof(ManagedObjectReference))
            return new ManagedObjectReference(Pick("VirtualMachine", "HostSystem", "X"), Text() + "1");
        if (type == typeof(byte[]))
            return Bytes();
        if (type == typeof(DateTimeOffset))
            return Time();
        if (type == typeof(string))
            return Text();
        if (type == typeof(bool))
            return _random.Next(2) == 0;
        if (type == typeof(int))
            return Pick(0, -1, int.MinValue, int.MaxValue, _random.Next());
        if (type == typeof(long))
            return Pick(0, -1, long.MinValue, long.MaxValue, _random.NextInt64());
        if (type == typeof(short))
            return (short)_random.Next(short.MinValue, short.MaxValue + 1);
        if (type == typeof(sbyte))
            return (sbyte)_random.Next(sbyte.MinValue, sbyte.MaxValue + 1);
        if (type == typeof(double))
            return Pick(0, -0.0, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN, _random.NextDouble());
        if (type == typeof(float))
            return Pick(0, float.Epsilon, float.MaxValue, float.PositiveInfinity, float.NaN, _random.NextSingle());
        return Enumeration(type);
    }

    private Array List(Type item, int depth)
    {
        var list = Array.CreateInstance(item, _random.Next(1, 4));
        for (var i = 0; i < list.Length; i++)
            list.SetValue(Value(item, depth), i);
        return list;
    }

    private DataObject Object(Type declared, int depth)
    {
        var candidates = DataTypes.Where(declared.IsAssignableFrom).ToArray();
        var type = declared.IsAbstract || _random.Next(2) == 0 ? candidates[_random.Next(candidates.Length)] : declared;
        var value = (DataObject)Activator.CreateInstance(type)!;
        Fill(value, depth + 1);
        return value;
    }

    private object Anything(int depth)
    {
        Type[] scalars =
        [
            typeof(string), typeof(bool), typeof(int), typeof(long), typeof(short), typeof(sbyte), typeof(double), typeof(float), typeof(DateTimeOffset), typeof(byte[]),
            typeof(ManagedObjectReference), typeof(Types.VirtualMachinePowerState), typeof(Types.KeyValue), typeof(Types.OptionValue), typeof(Types.VirtualDevice),
        ];
        return _random.Next(6) switch
        {
            0 => Items<string>("ArrayOfString", depth),
            1 => Items<int>("ArrayOfInt", depth),
            2 => Items<Types.VirtualDevice>("ArrayOfVirtualDevice", depth),
            3 when depth < 3 => Items<object>("ArrayOfAnyType", depth + 1),
            _ => Value(scalars[_random.Next(scalars.Length)], depth + 1),
        };
    }

    private ArrayOf<T> Items<T>(string typeName, int depth)
    {
        var list = new ArrayOf<T>(typeName);
        for (var i = _random.Next(4); i > 0; i--)
            list.Add((T)Value(typeof(T), depth + 1));
        return list;
    }

    private object Enumeration(Type type)
    {
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.PropertyType == type).ToArray();
        return known[_random.Next(known.Length)].GetValue(null)!;
    }

    private string Text() => Pick("", " ", "vm-1", "a < b & c > \"d\" 'e'", "tab\tline\nreturn\rend", "]]>", "ünï ☃ 𝄞", new string('x', _random.Next(2000)), _random.Next().ToString());

    private DateTimeOffset Time() =>
        new(_random.NextInt64(new DateTime(1601, 1, 2).Ticks, new DateTime(9000, 1, 1).Ticks), TimeSpan.FromMinutes(Pick(0, 0, 0, 330, -720, 840)));

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(300)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];

    private static bool IsRequired(PropertyInfo property)
    {
        var owner = property.DeclaringType!;
        var wireOwner = typeof(VimRequest).IsAssignableFrom(owner) ? owner.Name[..^"Request".Length] : owner.Name;
        return Required.Value.Contains(Key(wireOwner, property.Name));
    }

    private static HashSet<string> ReadRequired()
    {
        XNamespace xsd = "http://www.w3.org/2001/XMLSchema";
        var required =
            from owner in XDocument.Load(SchemaFile).Root!.Elements()
            from field in owner.Descendants(xsd + "element")
            where field.Attribute("minOccurs") is null
            let ownerName = owner.Attribute("name")!.Value
            from name in new[] { field.Attribute("name")!.Value, field.Attribute("name")!.Value + "Value" }
            select Key(ownerName, name);
        return [.. required];
    }

    private static string Key(string owner, string field) => $"{owner.Replace("_", "", StringComparison.Ordinal)}.{field}".ToUpperInvariant();
}
