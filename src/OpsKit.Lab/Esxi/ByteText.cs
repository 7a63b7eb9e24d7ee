using System.Text;

namespace OpsKit.Lab.Esxi;

/// <summary>Text as a Unix shell has it: bytes, one in each character. What comes from and goes to the outside is UTF-8.</summary>
internal static class ByteText
{
    public static string Of(string text) => Ascii(text) ? text : Of(Encoding.UTF8.GetBytes(text));

    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>Read as UTF-8; bytes that are none become the replacement character.</summary>
    public static string Decode(string text) => Ascii(text) ? text : Encoding.UTF8.GetString(Bytes(text));

    private static bool Ascii(string text) => System.Text.Ascii.IsValid(text);
}
