using System.Globalization;

namespace OpsKit.Connections.Yaml;

/// <summary>Times as operators write them: a number and its unit.</summary>
public static class Durations
{
    private static readonly (string Suffix, double Milliseconds)[] Units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Reads a time; false for anything else, a number without a unit too.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = default;
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var factor = Units.FirstOrDefault(unit => unit.Suffix == text[digits..].Trim()).Milliseconds;
        if (factor == 0
            || !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number * factor > TimeSpan.MaxValue.TotalMilliseconds / 2)
            return false;
        value = TimeSpan.FromMilliseconds(number * factor);
        return true;
    }

    /// <summary>The shortest way to write a time, such as <c>90s</c> or <c>5m</c>.</summary>
    public static string Format(TimeSpan value)
    {
        foreach (var (suffix, milliseconds) in Units.Reverse())
        {
            var number = value.TotalMilliseconds / milliseconds;
            if (number >= 1 && number == Math.Floor(number))
                return string.Create(CultureInfo.InvariantCulture, $"{number:0}{suffix}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds:0.###}ms");
    }

    /// <summary>A time for people to read, in its two largest units: <c>350 ms</c>, <c>2.5 s</c>, <c>47 s</c>, <c>1 min 47 s</c>, <c>2 h 5 min</c>, <c>3 d 4 h</c>.</summary>
    public static string Words(TimeSpan value)
    {
        if (value < TimeSpan.FromSeconds(1))
            return string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds:0} ms");
        if (value < TimeSpan.FromSeconds(10))
            return string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.#} s");
        var whole = TimeSpan.FromSeconds(Math.Round(value.TotalSeconds));
        return whole switch
        {
            { TotalMinutes: < 1 } => $"{whole.Seconds} s",
            { TotalHours: < 1 } => Two(whole.Minutes, "min", whole.Seconds, "s"),
            { TotalDays: < 1 } => Two(whole.Hours, "h", whole.Minutes, "min"),
            _ => Two(whole.Days, "d", whole.Hours, "h"),
        };
    }

    private static string Two(int large, string unit, int small, string smallUnit) =>
        small == 0 ? $"{large} {unit}" : $"{large} {unit} {small} {smallUnit}";
}
