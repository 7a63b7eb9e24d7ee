using System.Text.Json;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Playbooks.Schema;

/// <summary>The steps' part of the schema: what every step has, and what each verb takes.</summary>
internal static class StepSchema
{
    /// <summary>A step. What <c>uses</c> says decides what <c>with</c> takes.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<IVerb> verbs)
    {
        json.Closed(["uses"], () => Properties(json, verbs));
        json.Objects("allOf", verbs.Select<IVerb, Action>(verb => () => Rule(json, verb)));
    }

    /// <summary>The options of a verb.</summary>
    public static void Options(Utf8JsonWriter json, IVerb verb)
    {
        json.WriteString("description", $"Options of {verb.Name}");
        json.Closed(verb.Options.Where(option => option.Required).Select(option => option.Name), () =>
        {
            foreach (var option in verb.Options)
                json.Described(option.Name, option.Default is null ? option.Description : $"{option.Description} (default: {option.Default})", () => Value(json, option));
        });
    }

    /// <summary>The name of the definition of a verb's options.</summary>
    public static string OptionsOf(IVerb verb) => $"with-{verb.Name}";

    private static void Properties(Utf8JsonWriter json, IReadOnlyList<IVerb> verbs)
    {
        json.Described("name", "What the step is called; the verb's name where it has none. Unique", () => json.Reference("name"));
        json.Described("uses", "The verb that does the work", () => json.OrVariable(verbs.Select<IVerb, Action>(verb => () =>
        {
            json.WriteString("const", verb.Name);
            json.WriteString("description", Describe(verb));
        })));
        json.Described("targets", "What to work on: names, globs, groups, cluster:NAME, enclosure:NAME, vm:NAME tag=TAG folder=PATH", () => json.OneOrMore("target"));
        json.Described("with", "Options of the verb", () => json.WriteString("type", "object"));
        json.Described(
            "batch",
            "How many targets are taken at a time: a number, a share such as 25%, or all; a list for one batch after the other, its last entry repeated. Where it is not given: one by one, and all at once for a verb that only reads",
            () => json.OneOrMore("batch-size"));
        json.Described("batch-by", "What a batch counts; each target where it is not given", () => json.Choice(StepBinder.Units.Keys));
        json.Described("stop-after-failures", "How many failed targets stop the step, 1 to 10000; 1 where it is not given", () => json.Integer(1, StepBinder.Most));
        json.Described(
            "confirm", "When the step asks before it begins: as the impact demands (impact), always, or by the name of what is touched (name)", () => json.Choice(StepBinder.Confirmations.Keys));
        json.Described("timeout", "The longest one change may take, 1s to 7d; the verb's own where it is not given", () => json.Reference("duration"));
    }

    private static void Rule(Utf8JsonWriter json, IVerb verb)
    {
        json.Object("if", () =>
        {
            json.Strings("required", ["uses"]);
            json.Object("properties", () => json.Object("uses", () => json.WriteString("const", verb.Name)));
        });
        json.Object("then", () =>
        {
            var targets = verb.TargetKind != TargetKind.None;
            var required = (targets ? ["targets"] : Array.Empty<string>()).Concat(verb.Options.Any(option => option.Required) ? ["with"] : []);
            json.Strings("required", required);
            json.Object("properties", () =>
            {
                json.Object("with", () => json.Reference(OptionsOf(verb)));
                foreach (var key in targets ? [] : StepBinder.NeedTargets)
                    json.WriteBoolean(key, false);
            });
        });
    }

    private static void Value(Utf8JsonWriter json, OptionSpec option)
    {
        switch (option.Kind)
        {
            case OptionKind.Texts:
                json.OneOrMore("text");
                break;
            case OptionKind.Integer:
                json.Integer();
                break;
            case OptionKind.Boolean:
                json.OrVariable(() => json.WriteString("type", "boolean"));
                break;
            case OptionKind.Duration:
                json.Reference("duration");
                break;
            case OptionKind.Choice:
                json.Choice(option.Choices);
                break;
            default:
                json.Text();
                break;
        }
    }

    private static string Describe(IVerb verb)
    {
        var on = verb.TargetKind == TargetKind.None ? "" : $"; works on {StepBinder.Kind(verb.TargetKind)}";
        return $"{verb.Summary}{on}; impact: {(verb.Changes ? verb.Impact.Word() : "none, it only reads")}";
    }
}
