using System.Text.Json;
using OpsKit.Connections.Yaml;

namespace OpsKit.Engine.Playbooks.Schema;

/// <summary>The guards' part of the schema.</summary>
internal static class GuardSchema
{
    private static readonly string[] DayWords = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>A guard: a name, and one key that says what it is.</summary>
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        json.Object("properties", () =>
        {
            json.Described("name", "What the guard is called; its kind where it has none. Unique", () => json.Reference("name"));
            json.Described("ping", "Watches addresses by ICMP echo or TCP connect", () => Ping(json));
            json.Described("command", "Runs a program: exit code 0 is healthy, 1 a breach, anything else inconclusive", () => Command(json));
            json.Described("window", "Lets changes begin within a maintenance window only", () => Window(json));
            json.Described("failures", "Counts targets that failed, over all steps", () => Failures(json));
        });
        json.WriteBoolean("additionalProperties", false);
        json.Objects("oneOf", GuardBinder.Kinds.Select<string, Action>(kind => () => json.Strings("required", [kind])));
    }

    private static void Ping(Utf8JsonWriter json)
    {
        var defaults = new PingGuardSpec { Name = "", At = "", Targets = [] };
        json.Closed(["targets"], () =>
        {
            json.Described("targets", "Addresses (host or host:port), hosts by name, cluster:NAME, enclosure:NAME", () => json.OneOrMore("target"));
            json.Described("tcp-port", "TCP port to connect to, 1 to 65535; ICMP where it is not given", () => json.Integer(1, 65535));
            Duration(json, "interval", "From one probe of a target to the next, 100ms to 1m", defaults.Interval);
            Duration(json, "timeout", "How long an answer is waited for, 50ms to 1m", defaults.Timeout);
            json.Described("consecutive-losses", $"Losses in a row after which a target counts as lost, 1 to 10000; {defaults.ConsecutiveLosses} where it is not given", () => json.Integer(1, 10_000));
            Duration(json, "outage", "The outage after which a target counts as lost, if that is sooner, 100ms to 1h; no shorter than the interval", null);
            json.Described("share-of-targets", "The share of targets lost at the same time that is a breach, above 0 to 1; one target where it is not given", () => json.OrVariable(() =>
            {
                json.WriteString("type", "number");
                json.WriteNumber("exclusiveMinimum", 0);
                json.WriteNumber("maximum", 1);
            }));
        });
    }

    private static void Command(Utf8JsonWriter json)
    {
        var defaults = new CommandGuardSpec { Name = "", At = "", Command = [] };
        json.Closed(["run"], () =>
        {
            json.Described("run", "Program and arguments; no shell is in between", () => json.OneOrMore("text"));
            Duration(json, "interval", "From one run to the next, 1s to 1h", defaults.Interval);
            Duration(json, "timeout", "How long it may take, 1s to 1h", defaults.Timeout);
        });
    }

    private static void Window(Utf8JsonWriter json) => json.Closed(["from", "to"], () =>
    {
        json.Described("days", "The days on which the window opens; all where it is not given", () => json.Objects(
            "anyOf",
            [
                () => json.Choice(DayWords),
                () =>
                {
                    json.WriteString("type", "array");
                    json.Object("items", () => json.Choice(DayWords));
                },
            ]));
        json.Described("from", "When it opens, such as \"22:00\"", () => json.Reference("time-of-day"));
        json.Described("to", "When it closes; at or before \"from\" means on the next day", () => json.Reference("time-of-day"));
        json.Described("time-zone", "The IANA time zone of both, such as Europe/Berlin; the jump host's where it is not given", () => json.Text());
    });

    private static void Failures(Utf8JsonWriter json) => json.Closed(
        ["most"], () => json.Described("most", "How many targets may fail; one more is a breach, 1 to 10000", () => json.Integer(1, 10_000)));

    private static void Duration(Utf8JsonWriter json, string name, string description, TimeSpan? unset) => json.Described(
        name, unset is { } value ? $"{description}; {Durations.Format(value)} where it is not given" : description, () => json.Reference("duration"));
}
