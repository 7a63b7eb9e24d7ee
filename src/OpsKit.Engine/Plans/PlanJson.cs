using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Engine.Plans;

/// <summary>A plan as JSON: the same data, for files, the journal and other programs. Reports of verbs that only read are not part of it.</summary>
public static class PlanJson
{
    private static readonly JsonWriterOptions Style = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The plan as indented JSON.</summary>
    public static string Write(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Style))
            Write(json, plan);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Writes the plan as an object.</summary>
    public static void Write(Utf8JsonWriter json, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(plan);
        json.WriteStartObject();
        json.WriteString("playbook", plan.Playbook);
        json.WriteString("file", plan.File);
        json.WriteString("playbookSha256", plan.PlaybookSha256);
        json.WriteString("inventory", plan.Inventory);
        json.WriteString("inventorySha256", plan.InventorySha256);
        json.WriteString("made", plan.Made);
        json.WriteBoolean("hasChanges", plan.HasChanges);
        json.WriteBoolean("isBlocked", plan.IsBlocked);
        json.WriteStartArray("steps");
        foreach (var step in plan.Steps)
            Write(json, step);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(Plan)"/> wrote.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="FormatException">It is no plan.</exception>
    public static Plan Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Read(document.RootElement);
    }

    /// <summary>Reads a plan from its object.</summary>
    /// <exception cref="FormatException">It is no plan.</exception>
    public static Plan Read(JsonElement plan)
    {
        try
        {
            return new Plan
            {
                Playbook = Text(plan, "playbook"),
                File = Text(plan, "file"),
                PlaybookSha256 = Text(plan, "playbookSha256"),
                Inventory = Text(plan, "inventory"),
                InventorySha256 = Text(plan, "inventorySha256"),
                Made = plan.GetProperty("made").GetDateTimeOffset(),
                Steps = [.. plan.GetProperty("steps").EnumerateArray().Select(StepOf)],
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new FormatException("this is not a plan of OpsKit: " + e.Message, e);
        }
    }

    private static void Write(Utf8JsonWriter json, StepPlan step)
    {
        json.WriteStartObject();
        json.WriteNumber("number", step.Number);
        json.WriteString("name", step.Name);
        json.WriteString("verb", step.Verb);
        json.WriteString("impact", step.Impact.Word());
        json.WriteString("timeout", Durations.Format(step.Timeout));
        json.WriteNumber("timeoutSeconds", step.Timeout.TotalSeconds);
        if (step.Instructions is { } instructions)
            json.WriteString("instructions", instructions);
        if (step.Guards.Count > 0)
            StepGuardJson.Write(json, step.Guards);
        json.WriteStartArray("batches");
        foreach (var batch in step.Batches)
        {
            json.WriteStartArray();
            foreach (var place in batch)
                json.WriteNumberValue(place);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("targets");
        foreach (var target in step.Targets)
            PlanTargetJson.Write(json, target);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static StepPlan StepOf(JsonElement step) => new()
    {
        Number = step.GetProperty("number").GetInt32(),
        Name = Text(step, "name"),
        Verb = Text(step, "verb"),
        Timeout = TimeSpan.FromSeconds(step.GetProperty("timeoutSeconds").GetDouble()),
        Instructions = step.TryGetProperty("instructions", out var instructions) ? instructions.GetString() : null,
        Guards = step.TryGetProperty(StepGuardJson.Key, out var guards) ? StepGuardJson.Read(guards) : [],
        Batches = [.. step.GetProperty("batches").EnumerateArray().Select(batch => (IReadOnlyList<int>)[.. batch.EnumerateArray().Select(place => place.GetInt32())])],
        Targets = [.. step.GetProperty("targets").EnumerateArray().Select(PlanTargetJson.Read)],
    };

    internal static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"this is not a plan of OpsKit: \"{name}\" is null"));
}
