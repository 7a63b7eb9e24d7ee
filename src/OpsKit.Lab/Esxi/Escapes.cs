using System.Text;

namespace OpsKit.Lab.Esxi;

/// <summary>The backslash escapes of <c>echo -e</c>, <c>printf</c> and <c>$'…'</c>.</summary>
internal static class Escapes
{
    /// <summary>Replaces escapes by what they mean.</summary>
    /// <param name="text">The text.</param>
    /// <param name="zeroFirst">Whether an octal number begins with 0 and has three more digits, as for <c>echo</c> and <c>%b</c>.</param>
    /// <returns>The text, and whether <c>\c</c> said that no output is to follow.</returns>
    public static (string Text, bool Stop) Expand(string text, bool zeroFirst)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return (text, false);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            var c = text[++i];
            switch (c)
            {
                case 'c':
                    return (result.ToString(), true);
                case 'x' when i + 1 < text.Length && char.IsAsciiHexDigit(text[i + 1]):
                    result.Append((char)(Digits(text, ref i, 2, 16) & 0xff));
                    break;
                case >= '0' and <= '7':
                    if (!zeroFirst || c != '0')
                        i--;
                    result.Append((char)(Digits(text, ref i, 3, 8) & 0xff));
                    break;
                default:
                    if (Simple(c) is { } simple)
                        result.Append(simple);
                    else
                        result.Append('\\').Append(c);
                    break;
            }
        }

        return (result.ToString(), false);
    }

    private static char? Simple(char c) => c switch
    {
        'a' => '\a',
        'b' => '\b',
        'e' => '\x1b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        '\\' => '\\',
        _ => null,
    };

    /// <summary>Reads digits behind the place; leaves it at the last one.</summary>
    private static int Digits(string text, ref int place, int most, int radix)
    {
        var value = 0;
        for (var count = 0; count < most && place + 1 < text.Length; count++)
        {
            var digit = char.IsAsciiHexDigit(text[place + 1]) ? Convert.ToInt32(text[place + 1].ToString(), 16) : radix;
            if (digit >= radix)
                break;
            value = (value * radix) + digit;
            place++;
        }

        return value;
    }
}
