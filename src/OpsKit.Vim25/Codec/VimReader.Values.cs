using System.Globalization;
using System.Xml;

namespace OpsKit.Vim25;

/// <content>The schema's simple types.</content>
public sealed partial class VimReader
{
    private char[] _text = new char[512];

    internal string? ReadString()
    {
        if (IsNil())
        {
            Skip();
            return null;
        }

        return _pool.Get(ReadSpan());
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
    internal DateTimeOffset? ReadDateTime() => Scalar("a date and time", static text => XmlDateTime.TryParse(text, out var value) ? value : (DateTimeOffset?)null);

    internal byte[]? ReadBinary()
    {
        if (IsNil())
        {
            Skip();
            return null;
        }

        var name = _xml.LocalName;
        var text = ReadSpan();
        var bytes = new byte[text.Length * 3 / 4];
        return Convert.TryFromBase64Chars(text, bytes, out var length)
            ? bytes.AsSpan(0, length).ToArray()
            : throw new VimProtocolException($"<{name}> holds \"{Excerpt(text)}\", which is not base64.");
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

    private bool IsNil() => _xml.AttributeCount > 0 && ReadTypeAttributes(out _);

    /// <summary>The text of the element the reader is on, valid until the next read. Child elements are skipped.</summary>
    private ReadOnlySpan<char> ReadSpan()
    {
        var empty = _xml.IsEmptyElement;
        Advance();
        if (empty)
            return default;

        var length = 0;
        while (true)
        {
            switch (_xml.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    length = AppendValue(length);
                    Advance();
                    break;
                case XmlNodeType.EndElement:
                    Advance();
                    return _text.AsSpan(0, length);
                case XmlNodeType.Element:
                    Skip();
                    break;
                default:
                    Advance();
                    break;
            }
        }
    }

    /// <summary>Copies the node's value behind what is there; a chunk that does not fill the buffer is the value's last.</summary>
    private int AppendValue(int length)
    {
        try
        {
            while (true)
            {
                var room = _text.Length - length;
                var read = _xml.ReadValueChunk(_text, length, room);
                length += read;
                if (read < room)
                    return length;
                Array.Resize(ref _text, _text.Length * 2);
            }
        }
        catch (XmlException exception)
        {
            throw Malformed(exception);
        }
    }

    private static string Excerpt(ReadOnlySpan<char> text) => text.Length <= 40 ? new string(text) : string.Concat(text[..40], "…");
}
