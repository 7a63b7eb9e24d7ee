using System.Globalization;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>sleep</c> and <c>usleep</c>, in lab time.</summary>
internal static class SleepApplet
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    public static async Task<int> RunAsync(HostCall call)
    {
        if (call.Words.Count == 0)
            throw new AppletUsageException("usage: sleep [N]...");
        var span = call.Name == "usleep" ? Span(call.Words[0]) / 1_000_000 : call.Words.Aggregate(TimeSpan.Zero, (sum, word) => sum + Span(word));
        await Task.Delay(span, call.System.Clock, call.CancellationToken).ConfigureAwait(false);
        return 0;
    }

    /// <summary><c>1.5</c>, <c>2m</c>, <c>1h</c>; the longest timer where it is longer.</summary>
    public static TimeSpan Span(string text)
    {
        var unit = text is [.., var last] ? last switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 } : 0;
        if (!double.TryParse(unit == 0 ? text : text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            throw new AppletUsageException($"invalid number '{text}'");
        var seconds = number * Math.Max(1, unit);
        return seconds > Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds);
    }
}
