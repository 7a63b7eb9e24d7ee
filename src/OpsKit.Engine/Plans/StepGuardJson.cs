using System.Text.Json;
using OpsKit.Connections.Probes;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Plans;

/// <summary>Guards of a step as JSON; times in milliseconds.</summary>
internal static class StepGuardJson
{
    public const string Key = "guards";

    public static void Write(Utf8JsonWriter json, IReadOnlyList<StepGuard> guards)
    {
        json.WriteStartArray(Key);
        foreach (var guard in guards)
            Write(json, guard);
        json.WriteEndArray();
    }

    public static IReadOnlyList<StepGuard> Read(JsonElement guards) => [.. guards.EnumerateArray().Select(GuardOf)];

    private static void Write(Utf8JsonWriter json, StepGuard guard)
    {
        var spec = guard.Spec;
        json.WriteStartObject();
        json.WriteString("name", spec.Name);
        json.WriteString("at", spec.At);
        json.WriteStartArray("watches");
        foreach (var text in spec.Targets)
            json.WriteStringValue(text);
        json.WriteEndArray();
        json.WriteNumber("tcpPort", spec.TcpPort);
        json.WriteNumber("interval", spec.Interval.TotalMilliseconds);
        json.WriteNumber("timeout", spec.Timeout.TotalMilliseconds);
        json.WriteNumber("consecutiveLosses", spec.ConsecutiveLosses);
        if (spec.Outage is { } outage)
            json.WriteNumber("outage", outage.TotalMilliseconds);
        if (spec.ShareOfTargets is { } share)
            json.WriteNumber("shareOfTargets", share);
        json.WriteStartArray("targets");
        foreach (var target in guard.Targets)
        {
            json.WriteStartObject();
            json.WriteString("name", target.Name);
            json.WriteString("address", target.Address);
            json.WriteNumber("port", target.Port);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static StepGuard GuardOf(JsonElement guard) => new(
        new PingGuardSpec
        {
            Name = PlanJson.Text(guard, "name"),
            At = PlanJson.Text(guard, "at"),
            Targets = [.. guard.GetProperty("watches").EnumerateArray().Select(text => text.GetString() ?? "")],
            TcpPort = guard.GetProperty("tcpPort").GetInt32(),
            Interval = TimeOf(guard.GetProperty("interval")),
            Timeout = TimeOf(guard.GetProperty("timeout")),
            ConsecutiveLosses = guard.GetProperty("consecutiveLosses").GetInt32(),
            Outage = guard.TryGetProperty("outage", out var outage) ? TimeOf(outage) : null,
            ShareOfTargets = guard.TryGetProperty("shareOfTargets", out var share) ? share.GetDecimal() : null,
        },
        [.. guard.GetProperty("targets").EnumerateArray().Select(target =>
            new ProbeTarget(PlanJson.Text(target, "name"), PlanJson.Text(target, "address"), target.GetProperty("port").GetInt32()))]);

    private static TimeSpan TimeOf(JsonElement milliseconds) => TimeSpan.FromMilliseconds(milliseconds.GetDouble());
}
