using System.Globalization;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Whole numbers as the shell writes them: <c>12</c>, <c>0x1f</c>, <c>017</c>, <c>2#101</c>.</summary>
internal static class ShellNumber
{
    public static long? Parse(string text)
    {
        var negative = text.StartsWith('-');
        var digits = negative || text.StartsWith('+') ? text[1..] : text;
        var value = Unsigned(digits);
        return negative ? -value : value;
    }

    /// <summary>A decimal number and nothing else, as <c>test</c> and <c>head</c> want it.</summary>
    public static long? Decimal(string text) => long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static long? Unsigned(string text)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return InBase(text.AsSpan(2), 16);
        if (text.IndexOf('#', StringComparison.Ordinal) is var mark and > 0 && int.TryParse(text.AsSpan(0, mark), NumberStyles.None, CultureInfo.InvariantCulture, out var radix) && radix is >= 2 and <= 36)
            return InBase(text.AsSpan(mark + 1), radix);
        return text.Length > 1 && text[0] == '0' ? InBase(text.AsSpan(1), 8) : InBase(text, 10);
    }

    private static long? InBase(ReadOnlySpan<char> digits, int radix)
    {
        if (digits.IsEmpty)
            return null;
        var value = 0L;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) - 'a' + 10 : radix;
            if (digit >= radix)
                return null;
            value = unchecked((value * radix) + digit);
        }

        return value;
    }
}
