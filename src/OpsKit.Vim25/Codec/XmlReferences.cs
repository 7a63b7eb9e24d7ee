using System.Text;

namespace OpsKit.Vim25;

/// <summary>The five entities that XML predefines, and characters by number. There are no others without a DTD.</summary>
internal static class XmlReferences
{
    /// <summary>Longer ones could only have leading zeros.</summary>
    private const int Longest = 32;

    /// <summary>Decodes the reference at the beginning of <paramref name="source"/>, which is an ampersand.</summary>
    /// <param name="source">UTF-8.</param>
    /// <param name="character">Takes the character as UTF-8; never longer than the reference.</param>
    /// <param name="written">The character's length.</param>
    /// <returns>The reference's length; 0 when more bytes are needed to tell, -1 when it is none.</returns>
    /// <remarks>
    /// A number that is no character of XML is taken all the same: guests report names with control characters, and some servers pass them on
    /// like this. Half a surrogate pair becomes U+FFFD.
    /// </remarks>
    internal static int Decode(ReadOnlySpan<byte> source, Span<byte> character, out int written)
    {
        written = 0;
        var end = source[..Math.Min(source.Length, Longest)].IndexOf((byte)';');
        if (end < 0)
            return source.Length < Longest ? 0 : -1;
        var name = source[1..end];
        if (name.StartsWith("#"u8))
        {
            if (!TryParse(name[1..], out var number))
                return -1;
            written = (Rune.IsValid(number) ? new Rune(number) : Rune.ReplacementChar).EncodeToUtf8(character);
            return end + 1;
        }

        byte? named = name switch
        {
            [(byte)'a', (byte)'m', (byte)'p'] => (byte)'&',
            [(byte)'l', (byte)'t'] => (byte)'<',
            [(byte)'g', (byte)'t'] => (byte)'>',
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => (byte)'"',
            [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => (byte)'\'',
            _ => null,
        };
        if (named is null)
            return -1;
        character[0] = named.Value;
        written = 1;
        return end + 1;
    }

    private static bool TryParse(ReadOnlySpan<byte> digits, out uint number)
    {
        var radix = 10u;
        if (digits.StartsWith("x"u8))
        {
            radix = 16;
            digits = digits[1..];
        }

        number = 0;
        foreach (var b in digits)
        {
            var digit = DigitOf(b);
            if (digit >= radix)
                return false;
            number = (number * radix) + digit;
            if (number > 0x10FFFF)
                return false;
        }

        return !digits.IsEmpty;
    }

    /// <summary>The value of a hexadecimal digit; more than 15 for anything else.</summary>
    private static uint DigitOf(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => (uint)(b - '0'),
        >= (byte)'a' and <= (byte)'f' => (uint)(b - 'a' + 10),
        >= (byte)'A' and <= (byte)'F' => (uint)(b - 'A' + 10),
        _ => uint.MaxValue,
    };
}
