using OpsKit.Engine.Reports;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Modules.Licensing.VramDay>;

namespace OpsKit.Modules.Licensing;

/// <summary>The daily high-water marks and the moving average compliance was defined by.</summary>
public static class VramHistoryReport
{
    /// <summary>Makes the table.</summary>
    /// <param name="history">What has been recorded.</param>
    /// <param name="table">Show marks counted by this entitlement table.</param>
    /// <param name="today">Today in UTC: the notes say how old the last mark is.</param>
    public static ReportTable Of(VramHistory history, string table, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(history);
        var days = VramAverages.Of(history.Marks.Where(mark => mark.Series.Table == table));
        return ReportTable.From(
            "license-vram-history",
            days,
            Column.Text("vCenter", row => row.Mark.Series.Site),
            Column.Text("LicenseType", row => row.Mark.LicenseType),
            Column.Date("Date", row => row.Mark.Day, "day in UTC"),
            Column.Decimal("vRAMHighWaterMark", row => row.Mark.UsedMB / 1024m, "GB", "highest use recorded on the day"),
            Column.Decimal("vRAMAverage365", row => row.AverageMB / 1024m, "GB", "mean of the marks of the last 365 days, over the days recorded"),
            Column.Decimal("vRAMEntitled", row => row.Mark.Entitled.IsUnlimited ? null : row.Mark.Entitled.Megabytes / 1024m, "GB", "the pool's entitlement on the day; empty where unlimited"),
            Column.Integer("DaysRecorded", row => row.DaysRecorded, description: "days of the last 365 that have a mark"),
            Column.Integer("DaysMissing", row => row.DaysMissing, description: "days of the last 365 that have none"),
            Column.Text("Status", row => StatusOf(row), "compliant: the average is at most the entitlement"),
            Column.Text("Edition", row => row.Mark.Series.Edition),
            Column.Text("VMHost", row => row.Mark.Series.PoolHost, "the host that is a pool of its own")) with
        { Notes = Notes(history, days, table, today) };
    }

    private static string StatusOf(VramDay day) =>
        day.Mark.Entitled.IsUnlimited ? "unlimited" : day.IsWithin ? "compliant" : "not compliant";

    private static List<string> Notes(VramHistory history, IReadOnlyList<VramDay> days, string table, DateOnly today)
    {
        var notes = new List<string> { $"Counted as of {table}. A day's mark is the highest use that was recorded on it (UTC), not a continuous measurement." };
        if (days.Count == 0)
            notes.Add("Nothing is recorded yet: run 'opskit license vram --record' daily, better hourly.");
        foreach (var last in days.GroupBy(day => day.Mark.Series).Select(series => series.Last()))
        {
            var age = today.DayNumber - last.Mark.Day.DayNumber;
            notes.Add(
                $"{last.Mark.Series.Site}, {last.Mark.LicenseType}: {StatusOf(last)}; average over {last.DaysRecorded} of {VramAverages.Days} days, " +
                $"{last.DaysMissing} without a mark{(age > 1 ? $"; last mark {age} days ago" : "")}.");
        }

        foreach (var damaged in history.Damaged)
            notes.Add($"Line {damaged.Number} of the history cannot be read and is left out.");
        return notes;
    }
}
