using System.Text;

namespace OpsKit.Vim25;

/// <content>The beginning of a document: byte order mark, XML declaration, and encodings other than UTF-8.</content>
internal sealed partial class XmlScanner
{
    private bool _isTranscoded;

    private void Open()
    {
        _isOpen = true;
        if (IsAt([0xEF, 0xBB, 0xBF]))
            _pos += 3;
        else if (IsAt([0xFF, 0xFE]) || IsAt([(byte)'<', 0]))
            Transcode(Encoding.Unicode, _buffer[_pos] == 0xFF ? 2 : 0);
        else if (IsAt([0xFE, 0xFF]) || IsAt([0, (byte)'<']))
            Transcode(Encoding.BigEndianUnicode, _buffer[_pos] == 0xFE ? 2 : 0);

        if (!IsAt("<?xml"u8) || !Has(6) || !XmlBytes.IsSpace(_buffer[_pos + 5]))
            return;
        int end;
        while ((end = _buffer.AsSpan(_pos, _end - _pos).IndexOf("?>"u8)) < 0)
            Need();
        var encoding = ReadXmlDeclaration(_buffer.AsSpan(_pos + 5, end - 5));
        _pos += end + 2;
        if (encoding is not null && !IsUtf8(encoding))
            Transcode(Find(encoding), 0);
    }

    /// <summary>Reads on through a decoder, from behind a byte order mark of the given length.</summary>
    private void Transcode(Encoding encoding, int mark)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        var rest = new PrefixedStream(_buffer.AsSpan(_pos + mark, _end - _pos - mark).ToArray(), _stream);
        _stream = Encoding.CreateTranscodingStream(rest, strict, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        _isTranscoded = true;
        _end = _pos;
        _buffer[_end] = 0;
    }

    /// <summary>A decoded document is UTF-8 by now, whatever it says of itself.</summary>
    private bool IsUtf8(string name) => string.Equals(name, "utf-8", StringComparison.OrdinalIgnoreCase) || _isTranscoded;

    private Encoding Find(string name)
    {
        try
        {
            var encoding = Encoding.GetEncoding(name);
            return encoding.GetByteCount("<") == 1 ? encoding : throw Malformed($"it says that it is {name} and is not");
        }
        catch (ArgumentException)
        {
            throw Malformed($"its encoding \"{name}\" is unknown");
        }
    }

    /// <summary>Checks <c>version</c>, <c>encoding</c> and <c>standalone</c>, in that order, and gives the encoding.</summary>
    private string? ReadXmlDeclaration(ReadOnlySpan<byte> rest)
    {
        var version = Take(ref rest, "version"u8);
        var encoding = Take(ref rest, "encoding"u8);
        var standalone = Take(ref rest, "standalone"u8);
        if (version != "1.0" || standalone is not (null or "yes" or "no") || !XmlBytes.Trim(rest).IsEmpty)
            throw Malformed("its XML declaration is wrong");
        return encoding;
    }

    private static string? Take(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name)
    {
        var text = rest.TrimStart(Space);
        if (text.Length == rest.Length || !text.StartsWith(name))
            return null;
        text = text[name.Length..].TrimStart(Space);
        if (!text.StartsWith("="u8))
            return null;
        text = text[1..].TrimStart(Space);
        if (text is not [(byte)'"' or (byte)'\'', ..] || text[1..].IndexOf(text[0]) is var length && length < 0)
            return null;
        rest = text[(length + 2)..];
        return Encoding.Latin1.GetString(text.Slice(1, length));
    }

    private static ReadOnlySpan<byte> Space => " \t\r\n"u8;

    /// <summary>Bytes that were read already, before those that were not.</summary>
    private sealed class PrefixedStream(byte[] head, Stream rest) : ForwardStream
    {
        private int _next;

        public override int Read(Span<byte> buffer)
        {
            if (_next == head.Length)
                return rest.Read(buffer);
            var count = Math.Min(buffer.Length, head.Length - _next);
            head.AsSpan(_next, count).CopyTo(buffer);
            _next += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
