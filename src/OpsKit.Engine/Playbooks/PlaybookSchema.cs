using System.Text.Encodings.Web;
using System.Text.Json;
using OpsKit.Engine.Playbooks.Schema;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Playbooks;

/// <summary>
/// The form of a playbook as a JSON Schema (2020-12), for editors: completion, descriptions, mistakes underlined. The reader is stricter; it
/// knows what a schema cannot say, such as names that are used twice.
/// </summary>
public static class PlaybookSchema
{
    /// <summary>Writes the schema.</summary>
    /// <param name="output">Gets UTF-8, indented, with a last line feed.</param>
    /// <param name="verbs">What steps can use.</param>
    public static void Write(Stream output, IReadOnlyList<IVerb> verbs)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(verbs);
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            Root(json);
            json.Object("$defs", () => Definitions(json, verbs));
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Root(Utf8JsonWriter json)
    {
        json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.WriteString("title", "OpsKit playbook");
        json.WriteString("description", "What opskit plan and opskit apply do, step by step, and what watches meanwhile");
        json.Closed(["name", "steps"], () =>
        {
            json.Described("name", "What the playbook is called", () => json.Reference("name"));
            json.Described("inventory", "The inventory file, relative to the playbook; the console's where it is not given", () => json.Text());
            json.Described("vars", "Variables for ${name} in any value, overridden by --var NAME=VALUE; one without a value must be given", () =>
            {
                json.WriteString("type", "object");
                json.WriteNumber("maxProperties", VariableBinder.Most);
                json.Object("propertyNames", () => json.WriteString("pattern", $"^[A-Za-z0-9_-]{{1,{VariableBinder.LongestName}}}$"));
                json.Object("additionalProperties", () => json.Text(orNothing: true));
            });
            List(json, "guards", "What watches while the steps run", "guard", 0, GuardBinder.Most);
            List(json, "steps", "What is done, in this order", "step", 1, PlaybookReader.MostSteps);
        });
    }

    private static void List(Utf8JsonWriter json, string name, string description, string definition, int least, int most) => json.Described(name, description, () =>
    {
        json.WriteString("type", "array");
        json.WriteNumber("minItems", least);
        json.WriteNumber("maxItems", most);
        json.Object("items", () => json.Reference(definition));
    });

    private static void Definitions(Utf8JsonWriter json, IReadOnlyList<IVerb> verbs)
    {
        json.Described("name", "A line of 1 to 100 characters", () =>
        {
            json.Text();
            json.WriteNumber("minLength", 1);
            json.WriteNumber("maxLength", Names.Longest);
        });
        json.Object("text", () => json.Text());
        json.Described("target", "A name, a glob (* and ?), a group, cluster:NAME, enclosure:NAME, vm:NAME tag=TAG folder=PATH", () =>
        {
            json.Text();
            json.WriteNumber("minLength", 1);
            json.WriteNumber("maxLength", SelectorReader.Longest);
        });
        Pattern(json, "variable", "A text with a variable in it", @"\$\{");
        Pattern(json, "duration", "A time with its unit: 250ms, 30s, 5m, 2h, 1d", @"^([0-9]+\.?[0-9]*|\.[0-9]+)\s*(ms|s|m|h|d)$|\$\{");
        Pattern(json, "time-of-day", "A time of day such as 22:00", @"^([01][0-9]|2[0-3]):[0-5][0-9]$|\$\{");
        json.Described("batch-size", "A number, a share of the targets, or all that are left", () => json.OrVariable(
            () =>
            {
                json.WriteString("type", "integer");
                json.WriteNumber("minimum", 1);
                json.WriteNumber("maximum", BatchSize.Most);
            },
            () =>
            {
                json.WriteString("type", "string");
                json.WriteString("pattern", "^(all|[1-9][0-9]?%|100%)$");
            }));
        json.Object("guard", () => GuardSchema.Write(json));
        json.Object("step", () => StepSchema.Write(json, verbs));
        foreach (var verb in verbs)
            json.Object(StepSchema.OptionsOf(verb), () => StepSchema.Options(json, verb));
    }

    private static void Pattern(Utf8JsonWriter json, string name, string description, string pattern) => json.Described(name, description, () =>
    {
        json.WriteString("type", "string");
        json.WriteString("pattern", pattern);
    });
}
