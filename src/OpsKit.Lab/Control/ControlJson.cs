using System.Text;
using System.Text.Json;
using OpsKit.Connections.Yaml;
using OpsKit.Lab.Enclosures.Vcsu;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Operations;
using OpsKit.Vim25;

namespace OpsKit.Lab.Control;

/// <summary>What travels between a serving lab and its commands, as JSON.</summary>
internal static class ControlJson
{
    public static void Write(Utf8JsonWriter json, Fault fault)
    {
        json.WriteString("kind", FaultWords.Of(fault.Kind));
        json.WriteNumber("number", fault.Number);
        json.WriteString("endpoint", fault.Endpoint);
        json.WriteString("operation", fault.Operation);
        json.WriteNumber("after", fault.After);
        if (fault.Times is { } times)
            json.WriteNumber("times", times);
        if (fault.At is { } at)
            json.WriteNumber("at", at.Ticks);
        if (fault.Duration is { } duration)
            json.WriteNumber("duration", duration.Ticks);
        json.WriteNumber("delay", fault.Delay.Ticks);
    }

    /// <exception cref="FormatException">It is none.</exception>
    public static Fault ReadFault(JsonElement json)
    {
        if (!json.TryGetProperty("kind", out var word) || !FaultWords.Kinds.TryGetValue(word.GetString() ?? "", out var kind))
            throw new FormatException($"\"kind\" is none of {string.Join(", ", FaultWords.Kinds.Keys)}");
        return new Fault(kind)
        {
            Number = Integer(json, "number") ?? 0,
            Endpoint = Text(json, "endpoint") ?? "*",
            Operation = Text(json, "operation") ?? "*",
            After = Integer(json, "after") ?? 0,
            Times = Integer(json, "times"),
            At = Span(json, "at"),
            Duration = Span(json, "duration"),
            Delay = Span(json, "delay") ?? Fault.DefaultDelay,
        };
    }

    public static void Write(Utf8JsonWriter json, FaultStanding standing)
    {
        json.WriteStartObject();
        Write(json, standing.Fault);
        json.WriteNumber("passed", standing.Passed);
        json.WriteNumber("hits", standing.Hits);
        json.WriteBoolean("armed", standing.Armed);
        json.WriteEndObject();
    }

    public static FaultStanding ReadStanding(JsonElement json) =>
        new(ReadFault(json), Integer(json, "passed") ?? 0, Integer(json, "hits") ?? 0, json.GetProperty("armed").GetBoolean());

    public static void Write(Utf8JsonWriter json, LoggedOperation operation)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", operation.Sequence);
        json.WriteNumber("labTime", operation.LabTime.Ticks);
        json.WriteString("at", operation.At);
        json.WriteString("endpoint", operation.Endpoint);
        json.WriteString("operation", operation.Operation);
        json.WriteString("kind", operation.Kind.ToString());
        json.WriteString("target", operation.Target);
        json.WriteString("summary", operation.Summary);
        json.WriteEndObject();
    }

    public static LoggedOperation ReadOperation(JsonElement json) => new(
        json.GetProperty("sequence").GetInt64(),
        TimeSpan.FromTicks(json.GetProperty("labTime").GetInt64()),
        json.GetProperty("at").GetDateTimeOffset(),
        json.GetProperty("endpoint").GetString()!,
        json.GetProperty("operation").GetString()!,
        Enum.Parse<OperationKind>(json.GetProperty("kind").GetString()!),
        json.GetProperty("target").GetString()!,
        json.GetProperty("summary").GetString()!);

    public static string VcsuRequest(IReadOnlyList<string> arguments, bool agreed)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("arguments");
            foreach (var argument in arguments)
                json.WriteStringValue(argument);
            json.WriteEndArray();
            json.WriteBoolean("agreed", agreed);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static VcsuPart ReadVcsuPart(string line)
    {
        using var document = JsonDocument.Parse(line);
        var json = document.RootElement;
        var file = Text(json, "file") is { } name ? new VcsuFile(name, Text(json, "content") ?? "") : null;
        var end = json.TryGetProperty("exit", out _) || json.TryGetProperty("question", out _) ? new VcsuEnd(Integer(json, "exit"), Text(json, "question")) : null;
        return new VcsuPart(Text(json, "text") ?? "", file, end);
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int? Integer(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static TimeSpan? Span(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? TimeSpan.FromTicks(value.GetInt64()) : null;
}
