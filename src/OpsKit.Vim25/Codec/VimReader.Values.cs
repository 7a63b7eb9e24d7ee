using System.Globalization;
using System.Xml;

namespace OpsKit.Vim25;

/// <content>The schema's simple types.</content>
public sealed partial class VimReader
{
    internal string? ReadString()
    {
        if (IsNil())
        {
            Skip();
            return null;
        }

        var text = ReadSpan();
        return text.Length <= StringPool.LongestPooled ? _pool.Get(text) : new string(text);
    }

    internal bool? ReadBoolean() => Scalar("true or false", static text => text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => (bool?)null,
    });

    internal int? ReadInt32() => Scalar("a 32-bit number", static text => int.TryParse(text, NumberStyles.AllowLeadingSign, null, out var value) ? value : (int?)null);

    internal long? ReadInt64() => Scalar("a 64-bit number", static text => long.TryParse(text, NumberStyles.AllowLeadingSign, null, out var value) ? value : (long?)null);

    internal short? ReadInt16() => Scalar("a 16-bit number", static text => short.TryParse(text, NumberStyles.AllowLeadingSign, null, out var value) ? value : (short?)null);

    internal sbyte? ReadSByte() => Scalar("an 8-bit number", static text => sbyte.TryParse(text, NumberStyles.AllowLeadingSign, null, out var value) ? value : (sbyte?)null);

    internal double? ReadDouble() => Scalar("a decimal number", static text => text switch
    {
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : (double?)null,
    });

    internal float? ReadSingle() => Scalar("a decimal number", static text => text switch
    {
        "INF" => float.PositiveInfinity,
        "-INF" => float.NegativeInfinity,
        _ => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : (float?)null,
    });

    /// <summary>A time without an offset is taken as UTC, which is what servers mean.</summary>
    internal DateTimeOffset? ReadDateTime() => Scalar("a date and time", static text =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value : (DateTimeOffset?)null);

    internal byte[]? ReadBinary()
    {
        if (IsNil())
        {
            Skip();
            return null;
        }

        var name = _xml.LocalName;
        var text = new string(ReadSpan());
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new VimProtocolException($"<{name}> is not base64.", e);
        }
    }

    internal TEnum? ReadEnum<TEnum>()
        where TEnum : struct, IOpenEnumeration<TEnum>
    {
        if (IsNil())
        {
            Skip();
            return null;
        }

        return TEnum.FromText(_pool.Get(ReadSpan()));
    }

    private delegate T? Parser<T>(ReadOnlySpan<char> text)
        where T : struct;

    private T? Scalar<T>(string expected, Parser<T> parse)
        where T : struct
    {
        var name = _xml.LocalName;
        var text = ReadSpan().Trim();
        if (text.IsEmpty)
            return null;
        return parse(text) ?? throw new VimProtocolException($"<{name}> holds \"{Excerpt(text)}\", which is not {expected}.");
    }

    private bool IsNil() => _xml.HasAttributes && _xml.GetAttribute("nil", XsiNamespace) is "true" or "1";

    private static string Excerpt(ReadOnlySpan<char> text) => text.Length <= 40 ? new string(text) : string.Concat(text[..40], "…");
}
