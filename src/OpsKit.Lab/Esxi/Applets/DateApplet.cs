using System.Globalization;
using System.Text;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>date [-u] [-d time] [+format]</c>, of the lab's clock.</summary>
internal static class DateApplet
{
    public static Task<int> RunAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "ud:RIs:");
        var time = call.System.Clock.GetUtcNow();
        if (options.Value('d') is { } text)
        {
            if (text.StartsWith('@') && long.TryParse(text.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) < 200_000_000_000)
                time = DateTimeOffset.FromUnixTimeSeconds(seconds);
            else if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
                throw new AppletUsageException($"invalid date '{text}'");
        }

        var format = options.Operands.FirstOrDefault(word => word.StartsWith('+'))?[1..] ?? (options.Has('R') ? "%a, %d %b %Y %H:%M:%S %z" : options.Has('I') ? "%Y-%m-%d" : "%a %b %e %H:%M:%S UTC %Y");
        call.Out.WriteLine(Format(format, time));
        return Task.FromResult(0);
    }

    public static string Format(string format, DateTimeOffset time)
    {
        var result = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
            result.Append(format[i] == '%' && i + 1 < format.Length ? Value(format[++i], time) : format[i].ToString());
        return result.ToString();
    }

    private static string Value(char letter, DateTimeOffset time) => letter switch
    {
        'Y' => Text(time, "yyyy"),
        'y' => Text(time, "yy"),
        'm' => Text(time, "MM"),
        'd' => Text(time, "dd"),
        'e' => $"{time.Day,2}",
        'H' => Text(time, "HH"),
        'I' => Text(time, "hh"),
        'M' => Text(time, "mm"),
        'S' => Text(time, "ss"),
        'p' => Text(time, "tt"),
        'a' => Text(time, "ddd"),
        'A' => Text(time, "dddd"),
        'b' or 'h' => Text(time, "MMM"),
        'B' => Text(time, "MMMM"),
        'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'u' => (((int)time.DayOfWeek + 6) % 7 + 1).ToString(CultureInfo.InvariantCulture),
        'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        's' => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'F' => Text(time, "yyyy-MM-dd"),
        'T' => Text(time, "HH:mm:ss"),
        'R' => Text(time, "HH:mm"),
        'D' => Text(time, "MM'/'dd'/'yy"),
        'Z' => "UTC",
        'z' => "+0000",
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        _ => "%" + letter,
    };

    private static string Text(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
