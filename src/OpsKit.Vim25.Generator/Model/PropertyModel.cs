using System.Text.Json;

namespace OpsKit.Vim25.Generator.Model;

/// <summary>What a WSDL cannot say: the properties of managed objects, the privileges of their methods, and since when things exist.</summary>
internal sealed record PropertyModel(
    IReadOnlyDictionary<string, ManagedObject> Objects,
    IReadOnlyDictionary<string, DataTypeHistory> History)
{
    internal static PropertyModel Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var objects = document.RootElement.GetProperty("managedObjects").EnumerateObject()
                .ToDictionary(entry => entry.Name, entry => ReadObject(entry.Name, entry.Value), StringComparer.Ordinal);
            var history = document.RootElement.TryGetProperty("dataTypesSince", out var since)
                ? since.EnumerateObject().ToDictionary(entry => entry.Name, entry => ReadHistory(entry.Value), StringComparer.Ordinal)
                : [];
            return new PropertyModel(objects, history);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException)
        {
            throw new GeneratorException($"{path}: is no property model: {e.Message}", e);
        }
    }

    /// <summary>The property of a managed object or of one of its bases.</summary>
    internal ManagedProperty? FindProperty(string objectType, string name)
    {
        for (var type = Objects.GetValueOrDefault(objectType); type is not null; type = type.Base is null ? null : Objects.GetValueOrDefault(type.Base))
        {
            if (type.Properties.FirstOrDefault(property => property.Name == name) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>All properties of a managed object, its bases' included.</summary>
    internal IEnumerable<string> PropertyNames(string objectType)
    {
        for (var type = Objects.GetValueOrDefault(objectType); type is not null; type = type.Base is null ? null : Objects.GetValueOrDefault(type.Base))
        {
            foreach (var property in type.Properties)
                yield return property.Name;
        }
    }

    private static ManagedObject ReadObject(string name, JsonElement element) => new(
        name,
        Text(element, "base"),
        Text(element, "since"),
        [.. element.GetProperty("properties").EnumerateArray().Select(ReadProperty)],
        [.. element.GetProperty("methods").EnumerateArray().Select(method => new ManagedMethod(Text(method, "name")!, Text(method, "privilege"), Text(method, "since")))]);

    private static ManagedProperty ReadProperty(JsonElement element)
    {
        var type = Text(element, "type")!;
        var array = type.EndsWith("[]", StringComparison.Ordinal);
        return new ManagedProperty(Text(element, "name")!, array ? type[..^2] : type, array, Text(element, "since"));
    }

    private static DataTypeHistory ReadHistory(JsonElement element) => new(
        Text(element, "since"),
        element.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "", StringComparer.Ordinal)
            : []);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}

/// <summary>A managed object type.</summary>
internal sealed record ManagedObject(string Name, string? Base, string? Since, IReadOnlyList<ManagedProperty> Properties, IReadOnlyList<ManagedMethod> Methods);

/// <summary>A property of a managed object.</summary>
internal sealed record ManagedProperty(string Name, string Type, bool Array, string? Since);

/// <summary>A method of a managed object; its privilege is that on the object itself.</summary>
internal sealed record ManagedMethod(string Name, string? Privilege, string? Since);

/// <summary>Since which API version a data type and those of its fields that came later exist.</summary>
internal sealed record DataTypeHistory(string? Since, IReadOnlyDictionary<string, string> Properties);
