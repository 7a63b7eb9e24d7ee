using System.Text.Json;
using OpsKit.Connections;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Engine.Plans;

/// <summary>One target of a plan as JSON.</summary>
internal static class PlanTargetJson
{
    public static void Write(Utf8JsonWriter json, TargetPlan plan)
    {
        json.WriteStartObject();
        Write(json, plan.Target);
        if (plan.Failure is { } failure)
            json.WriteString("failure", failure.ToString());
        if (plan.NotAssessed is { } reason)
            json.WriteString("notAssessed", reason);
        if (plan.DependsOnStep > 0)
            json.WriteNumber("dependsOnStep", plan.DependsOnStep);
        Write(json, "observed", plan.Observed);
        Write(json, "blockers", plan.Blockers);
        Write(json, "warnings", plan.Warnings);
        if (plan.Uses.Count > 0)
        {
            json.WriteStartObject("uses");
            foreach (var use in plan.Uses)
                json.WriteNumber(use.Name, use.AtMost);
            json.WriteEndObject();
        }

        json.WriteStartArray("changes");
        foreach (var change in plan.Changes)
            Write(json, change);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static TargetPlan Read(JsonElement plan) => new()
    {
        Target = TargetOf(plan.GetProperty("target")),
        Failure = plan.TryGetProperty("failure", out var failure) ? Enum.Parse<FailureKind>(failure.GetString() ?? "") : null,
        NotAssessed = plan.TryGetProperty("notAssessed", out var reason) ? reason.GetString() : null,
        DependsOnStep = plan.TryGetProperty("dependsOnStep", out var step) ? step.GetInt32() : 0,
        Observed = Map(plan.GetProperty("observed")),
        Blockers = List(plan.GetProperty("blockers")),
        Warnings = List(plan.GetProperty("warnings")),
        Uses = plan.TryGetProperty("uses", out var uses) ? [.. uses.EnumerateObject().Select(use => new SharedUse(use.Name, use.Value.GetInt32()))] : [],
        Changes = [.. plan.GetProperty("changes").EnumerateArray().Select(ChangeOf)],
    };

    private static void Write(Utf8JsonWriter json, Target target)
    {
        json.WriteStartObject("target");
        json.WriteString("kind", target.Kind.ToString());
        json.WriteString("name", target.Name);
        Optional(json, "vCenter", target.VCenter);
        if (target.Reference is { } reference)
        {
            json.WriteString("type", reference.Type);
            json.WriteString("id", reference.Value);
        }

        Optional(json, "cluster", target.Cluster);
        Optional(json, "enclosure", target.Enclosure);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlannedChange change)
    {
        json.WriteStartObject();
        json.WriteString("id", change.Id);
        json.WriteString("summary", change.Summary);
        json.WriteString("before", change.Before);
        json.WriteString("after", change.After);
        json.WriteString("impact", change.Impact.Word());
        Write(json, "arguments", change.Arguments);
        json.WriteEndObject();
    }

    private static Target TargetOf(JsonElement target) => new()
    {
        Kind = Enum.Parse<TargetKind>(PlanJson.Text(target, "kind")),
        Name = PlanJson.Text(target, "name"),
        VCenter = Optional(target, "vCenter"),
        Reference = Optional(target, "id") is { } id ? new ManagedObjectReference(PlanJson.Text(target, "type"), id) : null,
        Cluster = Optional(target, "cluster"),
        Enclosure = Optional(target, "enclosure"),
    };

    private static PlannedChange ChangeOf(JsonElement change) => new()
    {
        Id = PlanJson.Text(change, "id"),
        Summary = PlanJson.Text(change, "summary"),
        Before = PlanJson.Text(change, "before"),
        After = PlanJson.Text(change, "after"),
        Impact = Impacts.Of(PlanJson.Text(change, "impact")),
        Arguments = Map(change.GetProperty("arguments")),
    };

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static string? Optional(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> list)
    {
        json.WriteStartArray(name);
        foreach (var text in list)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static SortedDictionary<string, string> Map(JsonElement map) =>
        new(map.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "", StringComparer.Ordinal), StringComparer.Ordinal);

    private static IReadOnlyList<string> List(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString() ?? "")];
}
