using System.Globalization;
using System.Text;

namespace OpsKit.Modules.Licensing;

/// <summary>
/// A mark as a line of text: tab-separated fields that an operator can read, sort and mend. The time stands last, so a line that was
/// cut short anywhere does not parse and is never taken for a smaller number.
/// </summary>
internal static class VramMarkLine
{
    public const string Header =
        "# opskit: daily high-water marks of vRAM. Days are UTC.\n" +
        "# day\tvCenter\tedition\thost\ttable\tused MB\tentitled MB\tlicence\tseen at\n";

    private const string DayFormat = "yyyy-MM-dd";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string Unlimited = "unlimited";

    public static string Write(VramMark mark) => string.Join(
        '\t',
        mark.Day.ToString(DayFormat, CultureInfo.InvariantCulture),
        Escape(mark.Series.Site),
        Escape(mark.Series.Edition),
        Escape(mark.Series.PoolHost),
        Escape(mark.Series.Table),
        mark.UsedMB.ToString(CultureInfo.InvariantCulture),
        mark.Entitled.IsUnlimited ? Unlimited : mark.Entitled.Megabytes.ToString(CultureInfo.InvariantCulture),
        Escape(mark.LicenseType),
        mark.At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));

    public static VramMark? Read(string line)
    {
        var fields = line.Split('\t');
        if (fields.Length != 9
            || !DateOnly.TryParseExact(fields[0], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || !TryMegabytes(fields[5], out var used)
            || !TryQuota(fields[6], out var entitled)
            || !DateTimeOffset.TryParseExact(
                fields[8], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            return null;
        return new VramMark
        {
            Day = day,
            Series = new VramSeries(Unescape(fields[1]), Unescape(fields[2]), Unescape(fields[3]), Unescape(fields[4])),
            UsedMB = used,
            Entitled = entitled,
            LicenseType = Unescape(fields[7]),
            At = at,
        };
    }

    private static bool TryMegabytes(string text, out long megabytes) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out megabytes);

    private static bool TryQuota(string text, out VramQuota quota)
    {
        quota = VramQuota.Unlimited;
        if (text == Unlimited)
            return true;
        var read = TryMegabytes(text, out var megabytes);
        quota = new VramQuota(megabytes);
        return read;
    }

    // Names come from servers and may hold anything; a control character would break the line.
    private static string Escape(string text)
    {
        if (!text.Any(MustEscape))
            return text;
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            if (MustEscape(c))
                escaped.Append('%').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }

    // Lone surrogates do not survive UTF-8; U+0085, U+2028 and U+2029 end a line for some readers.
    private static bool MustEscape(char c) => char.IsControl(c) || char.IsSurrogate(c) || c is '%' or '\u2028' or '\u2029';

    private static string Unescape(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 4 < text.Length
                && ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append((char)code);
                i += 4;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
