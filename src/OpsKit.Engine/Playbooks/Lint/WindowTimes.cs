namespace OpsKit.Engine.Playbooks.Lint;

/// <summary>Whether the windows of a playbook are ever open together.</summary>
internal static class WindowTimes
{
    private const int DaysAhead = 400;

    /// <summary>
    /// Whether there is a moment in the year ahead at which all are open. Where there is one, one of the windows opens in it: looking at the
    /// openings is enough.
    /// </summary>
    /// <param name="windows">The windows.</param>
    /// <param name="now">From when on.</param>
    /// <param name="local">The zone of a window that names none.</param>
    public static bool EverOpen(IReadOnlyList<WindowGuardSpec> windows, DateTimeOffset now, TimeZoneInfo local)
    {
        var zoned = windows.Select(window => (Window: window, Zone: ZoneOf(window, local))).ToList();
        return zoned.Count == 0 || zoned.Any(one => Openings(one.Window, one.Zone, now).Any(moment => zoned.All(other => IsOpen(other.Window, other.Zone, moment))));
    }

    private static IEnumerable<DateTime> Openings(WindowGuardSpec window, TimeZoneInfo zone, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        for (var ahead = -1; ahead <= DaysAhead; ahead++)
        {
            var opening = today.AddDays(ahead).ToDateTime(window.From, DateTimeKind.Unspecified);
            if (!Opens(window, opening.DayOfWeek))
                continue;

            // In the hour that a change to summer time leaves out, the window opens when the clocks have been put forward.
            while (zone.IsInvalidTime(opening))
                opening = opening.AddMinutes(1);
            yield return TimeZoneInfo.ConvertTimeToUtc(opening, zone);
        }
    }

    private static bool IsOpen(WindowGuardSpec window, TimeZoneInfo zone, DateTime utc)
    {
        var there = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        var time = TimeOnly.FromDateTime(there);
        if (window.From < window.To)
            return time >= window.From && time < window.To && Opens(window, there.DayOfWeek);
        return (time >= window.From && Opens(window, there.DayOfWeek)) || (time < window.To && Opens(window, there.AddDays(-1).DayOfWeek));
    }

    private static bool Opens(WindowGuardSpec window, DayOfWeek day) => window.Days.Count == 0 || window.Days.Contains(day);

    private static TimeZoneInfo ZoneOf(WindowGuardSpec window, TimeZoneInfo local) =>
        window.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : local;
}
