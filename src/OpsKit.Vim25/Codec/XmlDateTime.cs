using System.Globalization;

namespace OpsKit.Vim25;

/// <summary>xsd:dateTime, without allocating. A time without a zone is UTC: that is what vSphere servers keep.</summary>
internal static class XmlDateTime
{
    private const int DigitsOfTick = 7;

    internal static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)
            || !Number(text[11..13], out var hour) || !Number(text[14..16], out var minute) || !Number(text[17..19], out var second)
            || year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || minute > 59 || second > 59
            || hour > 24 || (hour == 24 && (minute > 0 || second > 0)))
        {
            return false;
        }

        var rest = text[19..];
        if (!TryReadFraction(ref rest, out var ticks) || !TryReadZone(rest, out var offset))
        {
            return false;
        }

        var clock = new DateTime(year, month, day).Ticks + new TimeSpan(hour, minute, second).Ticks + ticks;
        var utc = clock - offset.Ticks;
        if (clock > DateTime.MaxValue.Ticks || utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTimeOffset(clock, offset);
        return true;
    }

    internal static string Format(DateTimeOffset value) => value.Offset == TimeSpan.Zero
        ? value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
        : value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private static bool TryReadFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest is not [(byte)'.', ..])
        {
            return true;
        }

        var end = 1;
        for (; end < rest.Length && IsDigit(rest[end]); end++)
        {
            if (end <= DigitsOfTick)
            {
                ticks = (ticks * 10) + (rest[end] - '0');
            }
        }

        for (var digit = end; digit <= DigitsOfTick; digit++)
        {
            ticks *= 10;
        }

        var any = end > 1;
        rest = rest[end..];
        return any;
    }

    private static bool TryReadZone(ReadOnlySpan<byte> rest, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (rest is [] or [(byte)'Z'])
        {
            return true;
        }

        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':' || !Number(rest[1..3], out var hours) || !Number(rest[4..6], out var minutes)
            || minutes > 59 || hours > 14 || (hours == 14 && minutes > 0))
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0);
        offset = rest[0] == '-' ? -offset : offset;
        return true;
    }

    private static bool IsDigit(byte b) => (uint)(b - '0') <= 9;

    private static bool Number(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!IsDigit(digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
