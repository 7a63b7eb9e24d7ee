namespace OpsKit.Modules.Licensing;

/// <summary>
/// The moving average compliance was defined by: the mean of the daily high-water marks of the last 365 days (12 months), at most the
/// pool's entitlement. Days without a mark are left out of the mean and counted as missing; none is made up.
/// </summary>
public static class VramAverages
{
    /// <summary>Days the average reaches back, the day itself included.</summary>
    public const int Days = 365;

    /// <summary>The average on every recorded day of every pool: pools by name, days ascending.</summary>
    /// <param name="marks">The marks, one for each pool and day.</param>
    public static IReadOnlyList<VramDay> Of(IEnumerable<VramMark> marks) =>
        [.. marks
            .GroupBy(mark => mark.Series)
            .OrderBy(series => series.Key.Site, StringComparer.Ordinal)
            .ThenBy(series => series.Key.Edition, StringComparer.Ordinal)
            .ThenBy(series => series.Key.PoolHost, StringComparer.Ordinal)
            .ThenBy(series => series.Key.Table, StringComparer.Ordinal)
            .SelectMany(series => OfSeries(series.OrderBy(mark => mark.Day)))];

    private static IEnumerable<VramDay> OfSeries(IEnumerable<VramMark> marks)
    {
        var window = new Queue<VramMark>();
        var sum = 0L;
        foreach (var mark in marks)
        {
            window.Enqueue(mark);
            sum += mark.UsedMB;
            while (window.Peek().Day.DayNumber <= mark.Day.DayNumber - Days)
                sum -= window.Dequeue().UsedMB;
            yield return new VramDay(mark, sum, window.Count);
        }
    }
}

/// <summary>A recorded day of a pool.</summary>
/// <param name="Mark">The day's high-water mark.</param>
/// <param name="SumMB">Sum of the marks in the 365 days that end with it, in MB.</param>
/// <param name="DaysRecorded">How many of the 365 days have a mark.</param>
public sealed record VramDay(VramMark Mark, long SumMB, int DaysRecorded)
{
    /// <summary>The moving average, in MB.</summary>
    public decimal AverageMB => (decimal)SumMB / DaysRecorded;

    /// <summary>How many of the 365 days have none.</summary>
    public int DaysMissing => VramAverages.Days - DaysRecorded;

    /// <summary>The average is within the pool's entitlement of the day.</summary>
    public bool IsWithin => Mark.Entitled.IsUnlimited || AverageMB <= Mark.Entitled.Megabytes;
}
