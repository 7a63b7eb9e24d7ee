using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Guards;

/// <summary>
/// Judges whether a maintenance window is open. It opens and closes by the wall clock of its time zone: a time that occurs twice, as clocks
/// are set back, means the first; one that is left out, as they are set forward, means the moment they are.
/// </summary>
internal static class WindowPolicy
{
    /// <summary>Days with windows that are looked through for the next: eight, for a window of one day a week, and one that clocks may swallow.</summary>
    private const int DaysAhead = 15;

    public static Judgement Judge(WindowGuardSpec spec, TimeZoneInfo zone, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        for (var day = -1; day <= DaysAhead; day++)
        {
            var date = DateOnly.FromDateTime(local.Date).AddDays(day);
            if (spec.Days.Count > 0 && !spec.Days.Contains(date.DayOfWeek))
                continue;
            var opens = Moment(date, spec.From, zone);
            var closes = Moment(spec.To <= spec.From ? date.AddDays(1) : date, spec.To, zone);
            if (closes <= opens || closes <= now)
                continue;
            return opens <= now
                ? new(Verdict.Healthy, "", $"the window is open until {Text(closes, zone)}")
                : new(Verdict.Breached, "closed", $"the window is closed; it opens next on {Text(opens, zone)}");
        }

        return new(Verdict.Breached, "closed", "the window is closed and does not open in the next days");
    }

    private static DateTimeOffset Moment(DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(time, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
            local = EndOfGap(local, zone);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>Gaps begin and end on whole minutes and are at most a day long.</summary>
    private static DateTime EndOfGap(DateTime local, TimeZoneInfo zone)
    {
        var end = local;
        while (zone.IsInvalidTime(end))
            end = end.AddMinutes(1);
        return end;
    }

    private static string Text(DateTimeOffset moment, TimeZoneInfo zone) => $"{TimeZoneInfo.ConvertTime(moment, zone):ddd yyyy-MM-dd HH:mm} {zone.Id}";
}
