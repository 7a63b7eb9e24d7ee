using System.Globalization;

namespace OpsKit.Modules.DiskLimits;

/// <summary>
/// Rates as operators and the vendor's configuration files write them: <c>500</c>, <c>500IOps</c>, <c>2KIOps</c>; <c>10MBps</c>. Without a unit a number is IOps or
/// Bps, never thousands of them (the vendor's article said otherwise; it was wrong). K, M and G of operations are thousands; of bytes they are 1024s, as in the
/// vendor's own sum of 64 KB requests at 10 MB/s, 160 a second. Pure.
/// </summary>
public static class Rate
{
    /// <summary>Reads I/O operations a second.</summary>
    /// <param name="text">Such as <c>500</c>, <c>500IOps</c> or <c>2KIOps</c>; case does not count.</param>
    /// <param name="value">1 to 2147483646.</param>
    /// <param name="wrong">What is wrong and what would be right; empty where nothing is.</param>
    public static bool TryParseIops(string text, out long value, out string wrong)
    {
        var read = Parse(text, "IOps", 1000, int.MaxValue - 1L, out value);
        wrong = read ? "" : $"\"{text}\" is {(Parse(text, "Bps", 1024, long.MaxValue, out _) && Ends(text, "Bps") ? "a bandwidth" : "no rate")}, expected I/O operations a second from 1 to 2147483646, such as 500, 500IOps or 2KIOps{(text.Trim() is "0" or "-1" ? "; a limit is taken off by clear, and by none in a policy" : "")}";
        return read;
    }

    /// <summary>Reads bytes a second.</summary>
    /// <param name="text">Such as <c>10MBps</c>, <c>512KBps</c> or <c>1048576</c>; case does not count.</param>
    /// <param name="value">1 to 2^53.</param>
    /// <param name="wrong">What is wrong and what would be right; empty where nothing is.</param>
    public static bool TryParseBps(string text, out long value, out string wrong)
    {
        var read = Parse(text, "Bps", 1024, 1L << 53, out value);
        wrong = read ? "" : $"\"{text}\" is {(Parse(text, "IOps", 1000, long.MaxValue, out _) && Ends(text, "IOps") ? "a number of operations" : "no rate")}, expected bytes a second, such as 10MBps, 512KBps or 1048576";
        return read;
    }

    /// <summary>Bytes a second for people: <c>10 MB/s</c>.</summary>
    public static string BandwidthWords(long bytesPerSecond)
    {
        foreach (var (name, shift) in new[] { ("GB/s", 30), ("MB/s", 20), ("KB/s", 10) })
        {
            if (bytesPerSecond >= 1L << shift && bytesPerSecond % (1L << shift) == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{bytesPerSecond >> shift} {name}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytesPerSecond} B/s");
    }

    private static bool Ends(string text, string unit) => text.TrimEnd().EndsWith(unit, StringComparison.OrdinalIgnoreCase);

    private static bool Parse(string text, string unit, long factor, long most, out long value)
    {
        value = 0;
        var trimmed = text.Trim();
        var digits = trimmed.TakeWhile(char.IsAsciiDigit).Count();
        var rest = trimmed[digits..].Trim();
        if (rest.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            rest = rest[..^unit.Length];
        var prefix = rest.ToUpperInvariant() switch { "" => 1, "K" => factor, "M" => factor * factor, "G" => factor * factor * factor, _ => 0 };
        if (digits is 0 or > 18 || prefix == 0)
            return false;
        var number = long.Parse(trimmed[..digits], CultureInfo.InvariantCulture);
        if (number < 1 || number > most / prefix)
            return false;
        value = number * prefix;
        return true;
    }
}
