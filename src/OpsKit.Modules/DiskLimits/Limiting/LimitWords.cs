using System.Globalization;
using OpsKit.Modules.VirtualDisks;

namespace OpsKit.Modules.DiskLimits;

/// <summary>Limits and caps in words, for plans and results. Pure.</summary>
internal static class LimitWords
{
    /// <summary><c>500 IOPS</c> or <c>no limit</c>.</summary>
    public static string Of(long? limit) => limit is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number} IOPS") : "no limit";

    /// <summary>A cap as the parameter writes it, or <c>no cap</c>.</summary>
    public static string Cap(string? value) => value is null or ThrottleKeys.Off ? "no cap" : Rate.TryParseBps(value, out var bytes, out _) ? Rate.BandwidthWords(bytes) : value;

    /// <summary>What each disk has: said once where it is the same for all.</summary>
    public static string States(IEnumerable<(string Disk, string Words)> states)
    {
        var all = states.ToList();
        return all.Select(state => state.Words).Distinct(StringComparer.Ordinal).Count() switch
        {
            0 => "",
            1 => all[0].Words + (all.Count == 1 ? "" : $" on each of {all.Count} disks"),
            _ => string.Join(", ", all.Select(state => $"{state.Disk}: {state.Words}")),
        };
    }

    /// <summary>What is done, in one line.</summary>
    public static string Summary(IReadOnlyList<DiskWish> wishes)
    {
        var parts = new List<string>();
        foreach (var same in wishes.Where(wish => wish.SetsLimit).GroupBy(wish => wish.Limit))
        {
            parts.Add(same.Key is { } limit
                ? $"limit {DiskNames.List(same.Select(wish => wish.Disk))} to {Of(limit)}{(same.Skip(1).Any() ? " each" : "")}"
                : $"take the limit off {DiskNames.List(same.Select(wish => wish.Disk))}");
        }

        foreach (var same in wishes.Where(wish => wish.SetsCap).GroupBy(wish => wish.Cap, StringComparer.Ordinal))
        {
            parts.Add(same.Key is { } cap
                ? $"cap {DiskNames.List(same.Select(wish => wish.Disk))} at {Cap(cap)}{(same.Skip(1).Any() ? " each" : "")}"
                : $"take the bandwidth cap off {DiskNames.List(same.Select(wish => wish.Disk))}");
        }

        return string.Join("; ", parts);
    }
}
