using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

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

        return _pool.Get(ReadText());
    }

    internal bool? ReadBoolean()
    {
        var text = ReadScalar();
        if (text.IsEmpty)
            return null;
        if (text.SequenceEqual("true"u8) || text is [(byte)'1'])
            return true;
        return text.SequenceEqual("false"u8) || text is [(byte)'0'] ? false : throw Unexpected(text, "true or false");
    }

    internal int? ReadInt32()
    {
        var text = ReadScalar();
        if (text.IsEmpty)
            return null;
        return Utf8Parser.TryParse(text, out int value, out var length) && length == text.Length ? value : throw Unexpected(text, "a 32-bit number");
    }

    internal long? ReadInt64()
    {
        var text = ReadScalar();
        if (text.IsEmpty)
            return null;
        return Utf8Parser.TryParse(text, out long value, out var length) && length == text.Length ? value : throw Unexpected(text, "a 64-bit number");
    }

    internal short? ReadInt16()
    {
        var text = ReadScalar();
        if (text.IsEmpty)
            return null;
        return Utf8Parser.TryParse(text, out short value, out var length) && length == text.Length ? value : throw Unexpected(text, "a 16-bit number");
    }

    internal sbyte? ReadSByte()
    {
        var text = ReadScalar();
        if (text.IsEmpty)
            return null;
        return Utf8Parser.TryParse(text, out sbyte value, out var length) && length == text.Length ? value : throw Unexpected(text, "an 8-bit number");
    }

    internal double? ReadDouble()
    {
        var text = ReadScalar();
        if (text.IsEmpty)
            return null;
        if (text.SequenceEqual("INF"u8))
            return double.PositiveInfinity;
        if (text.SequenceEqual("-INF"u8))
            return double.NegativeInfinity;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Unexpected(text, "a decimal number");
    }

    internal float? ReadSingle()
    {
        var text = ReadScalar();
        if (text.IsEmpty)
            return null;
        if (text.SequenceEqual("INF"u8))
            return float.PositiveInfinity;
        if (text.SequenceEqual("-INF"u8))
            return float.NegativeInfinity;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Unexpected(text, "a decimal number");
    }

    /// <summary>A time without an offset is taken as UTC, which is what servers mean.</summary>
    internal DateTimeOffset? ReadDateTime()
    {
        var text = ReadScalar();
        if (text.IsEmpty)
            return null;
        return XmlDateTime.TryParse(text, out var value) ? value : throw Unexpected(text, "a date and time");
    }

    internal byte[]? ReadBinary()
    {
        if (IsNil())
        {
            Skip();
            return null;
        }

        var text = ReadText();
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text, bytes, out _, out var length) == OperationStatus.Done
            ? bytes.AsSpan(0, length).ToArray()
            : throw Unexpected(text, "base64");
    }

    internal TEnum? ReadEnum<TEnum>()
        where TEnum : struct, IOpenEnumeration<TEnum>
    {
        if (IsNil())
        {
            Skip();
            return null;
        }

        var text = _pool.Get(ReadText());
        var value = TEnum.FromText(text);
        if (_shapes is not null && !value.IsKnown)
            throw new VimProtocolException($"<{_xml.ClosedName.Local}> holds \"{text}\", which is no {typeof(TEnum).Name}");
        return value;
    }

    private bool IsNil() => _xml.AttributeCount > 0 && ReadTypeAttributes(out _);

    private ReadOnlySpan<byte> ReadScalar()
    {
        var text = XmlBytes.Trim(ReadText());
        if (text.IsEmpty && _shapes is not null)
            throw new VimProtocolException($"<{_xml.ClosedName.Local}> is empty where a value is expected");
        return text;
    }

    /// <summary>The text of the element the reader is on, valid until the next read. Child elements are skipped.</summary>
    private ReadOnlySpan<byte> ReadText()
    {
        Take();
        if (_xml.TryReadPlainText(out var text))
            return text;

        _xml.ClearText();
        while (_xml.Read(keepText: true) == XmlEvent.Start)
            _xml.Skip();
        return _xml.Text;
    }

    private VimProtocolException Unexpected(ReadOnlySpan<byte> text, string expected)
    {
        var excerpt = Encoding.UTF8.GetString(text);
        excerpt = excerpt.Length <= 40 ? excerpt : string.Concat(excerpt.AsSpan(0, 40), "…");
        return new VimProtocolException($"<{_xml.ClosedName.Local}> holds \"{excerpt}\", which is not {expected}.");
    }
}
