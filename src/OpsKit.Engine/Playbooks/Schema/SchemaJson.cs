using System.Text.Json;

namespace OpsKit.Engine.Playbooks.Schema;

/// <summary>Writes the pieces a JSON Schema is made of.</summary>
internal static class SchemaJson
{
    private static readonly string[] Scalars = ["string", "number", "boolean"];

    /// <summary>A named object; <paramref name="inside"/> writes its members.</summary>
    public static void Object(this Utf8JsonWriter json, string name, Action inside)
    {
        json.WriteStartObject(name);
        inside();
        json.WriteEndObject();
    }

    /// <summary>A named object with a description.</summary>
    public static void Described(this Utf8JsonWriter json, string name, string description, Action inside) => json.Object(name, () =>
    {
        json.WriteString("description", description);
        inside();
    });

    /// <summary>A list of objects, each of whose members one action writes.</summary>
    public static void Objects(this Utf8JsonWriter json, string name, IEnumerable<Action> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            item();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A list of texts.</summary>
    public static void Strings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>A reference to one of the definitions.</summary>
    public static void Reference(this Utf8JsonWriter json, string definition) => json.WriteString("$ref", $"#/$defs/{definition}");

    /// <summary>Any scalar: what YAML takes for a number is a text where a text is meant.</summary>
    public static void Text(this Utf8JsonWriter json, bool orNothing = false) => json.Strings("type", orNothing ? Scalars.Append("null") : Scalars);

    /// <summary>One of several: what is meant, or a text with a variable in it.</summary>
    public static void OrVariable(this Utf8JsonWriter json, params IEnumerable<Action> forms) =>
        json.Objects("anyOf", forms.Append(() => json.Reference("variable")));

    /// <summary>A whole number within a range, or a variable.</summary>
    public static void Integer(this Utf8JsonWriter json, long? least = null, long? most = null) => json.OrVariable(() =>
    {
        json.WriteString("type", "integer");
        if (least is { } minimum)
            json.WriteNumber("minimum", minimum);
        if (most is { } maximum)
            json.WriteNumber("maximum", maximum);
    });

    /// <summary>One of a few words, or a variable.</summary>
    public static void Choice(this Utf8JsonWriter json, IEnumerable<string> words) => json.OrVariable(() => json.Strings("enum", words));

    /// <summary>A list of definitions, or one.</summary>
    public static void OneOrMore(this Utf8JsonWriter json, string definition) => json.Objects(
        "anyOf",
        [
            () => json.Reference(definition),
            () =>
            {
                json.WriteString("type", "array");
                json.WriteNumber("minItems", 1);
                json.Object("items", () => json.Reference(definition));
            },
        ]);

    /// <summary>An object that has these members and no others.</summary>
    public static void Closed(this Utf8JsonWriter json, IEnumerable<string> required, Action properties)
    {
        json.WriteString("type", "object");
        json.Strings("required", required);
        json.Object("properties", properties);
        json.WriteBoolean("additionalProperties", false);
    }
}
