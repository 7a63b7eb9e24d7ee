using System.Globalization;
using OpsKit.Connections.Yaml;

namespace OpsKit.Engine.Runs.Report;

/// <summary>Times and lengths in a report's words.</summary>
internal sealed class ReportTimes(TimeZoneInfo zone, bool spansDays)
{
    /// <summary>Date, time and the zone's offset.</summary>
    public string Moment(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return local.ToString("yyyy-MM-dd HH:mm:ss ", CultureInfo.InvariantCulture) + (local.Offset == TimeSpan.Zero ? "UTC" : local.ToString("zzz", CultureInfo.InvariantCulture));
    }

    /// <summary>The time of day, with the date where the run spans more than one.</summary>
    public string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString(spansDays ? "MM-dd HH:mm:ss" : "HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The zone, for the axis.</summary>
    public string Zone => zone.Id;

    /// <summary>How long something took; empty where it has not ended.</summary>
    public static string Took(DateTimeOffset? from, DateTimeOffset? until) =>
        from is { } began && until is { } ended && ended >= began ? Durations.Words(ended - began) : "";

    /// <summary>A number of things.</summary>
    public static string Count(long number, string one, string? many = null) =>
        $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>A number with its thousands apart.</summary>
    public static string Number(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>Milliseconds of a round trip or of lateness.</summary>
    public static string Milliseconds(double value) => value switch
    {
        < 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0", CultureInfo.InvariantCulture),
    };
}
