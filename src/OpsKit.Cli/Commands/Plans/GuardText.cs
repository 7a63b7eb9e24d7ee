using System.Globalization;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Cli.Commands.Plans;

/// <summary>A guard in one line: what it watches and what stops the run.</summary>
internal static class GuardText
{
    public static string Of(GuardSpec guard) => guard switch
    {
        PingGuardSpec ping => Of(ping),
        CommandGuardSpec command => $"runs {string.Join(' ', command.Command)} every {Durations.Format(command.Interval)}; stops when it ends with 1",
        WindowGuardSpec window => $"changes begin {Days(window)} from {Time(window.From)} to {Time(window.To)}{(window.TimeZone is { } zone ? $" {zone}" : "")} only",
        FailuresGuardSpec failures => $"stops when more than {Counted.Of(failures.Most, "target")} failed",
        _ => guard.GetType().Name,
    };

    private static string Of(PingGuardSpec ping)
    {
        var by = ping.TcpPort > 0 ? $"TCP port {ping.TcpPort}" : "ICMP";
        var lost = Counted.Of(ping.ConsecutiveLosses, "loss", "losses") + " in a row";
        if (ping.Outage is { } outage)
            lost = ping.Interval * ping.ConsecutiveLosses > outage ? $"an outage of {Durations.Format(outage)}" : $"{lost} or an outage of {Durations.Format(outage)}";
        var on = ping.ShareOfTargets is { } share ? $"{share * 100:0.##}% of them at once" : "one of them";
        return $"{string.Join(", ", ping.Targets)} by {by} every {Durations.Format(ping.Interval)}; stops at {lost} on {on}";
    }

    private static string Days(WindowGuardSpec window) => window.Days.Count == 0 ? "every day" : string.Join(", ", window.Days.Select(day => day.ToString()[..3]));

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
