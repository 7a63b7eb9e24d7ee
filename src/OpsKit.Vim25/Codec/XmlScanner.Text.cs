using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace OpsKit.Vim25;

/// <content>Text between tags: runs of characters, references, line ends.</content>
internal sealed partial class XmlScanner
{
    /// <summary>Longer texts are refused where they are wanted; where they are passed over, any length will do.</summary>
    internal const int LongestText = 64 * 1024 * 1024;

    private byte[] _text = [];
    private int _textLength;

    /// <summary>The text kept since <see cref="ClearText"/>, as UTF-8; valid until the next read.</summary>
    internal ReadOnlySpan<byte> Text => _text.AsSpan(0, _textLength);

    internal void ClearText() => _textLength = 0;

    /// <summary>Reads one piece of text; at least one byte of it is there.</summary>
    private void ReadText(bool keep)
    {
        if (_depth == 0)
        {
            ReadSpace();
            return;
        }

        var stop = XmlBytes.Find<XmlBytes.TextStop>(_buffer, _pos);
        if (stop > _pos)
        {
            ReadRun(stop, keep);
            return;
        }

        switch (_buffer[_pos])
        {
            case (byte)'&':
                ReadReference(keep);
                break;
            case (byte)']':
                if (IsAt("]]>"u8))
                    throw Malformed("a text holds ]]>");
                ReadByte(keep);
                break;
            case (byte)'\r':
                ReadLineEnd(keep);
                break;
            default:
                throw InvalidCharacter(_buffer[_pos]);
        }
    }

    /// <summary>Characters up to a place that is the end of what is in the buffer or one where another kind of text begins.</summary>
    private void ReadRun(int stop, bool keep)
    {
        stop = CheckCharacters(_pos, stop);
        if (stop == _pos)
        {
            Need();
            return;
        }

        if (keep)
            Append(_buffer.AsSpan(_pos, stop - _pos));
        _pos = stop;
    }

    private void ReadByte(bool keep)
    {
        if (keep)
            Append(_buffer.AsSpan(_pos, 1));
        _pos++;
    }

    private void ReadLineEnd(bool keep)
    {
        if (keep)
            Append("\n"u8);
        var length = IsAt("\r\n"u8) ? 2 : 1;
        _pos += length;
    }

    private void ReadSpace()
    {
        if (!XmlBytes.IsSpace(_buffer[_pos]))
            throw Malformed("text stands outside the root element");
        SkipSpace(ref _pos);
    }

    private void ReadReference(bool keep)
    {
        Span<byte> character = stackalloc byte[4];
        var consumed = XmlReferences.Decode(_buffer.AsSpan(_pos, _end - _pos), character, out var length);
        if (consumed < 0)
            throw InvalidReference();
        if (consumed == 0)
        {
            Need();
            return;
        }

        if (keep)
            Append(character[..length]);
        _pos += consumed;
    }

    private byte[] DecodeAttribute(ReadOnlySpan<byte> value)
    {
        var decoded = new byte[value.Length];
        var length = 0;
        while (!value.IsEmpty)
        {
            var consumed = 1;
            if (value[0] == '&')
            {
                consumed = XmlReferences.Decode(value, decoded.AsSpan(length), out var written);
                if (consumed <= 0)
                    throw InvalidReference();
                length += written;
            }
            else
            {
                decoded[length++] = XmlBytes.IsSpace(value[0]) ? (byte)' ' : value[0];
                consumed = value.StartsWith("\r\n"u8) ? 2 : 1;
            }

            value = value[consumed..];
        }

        return decoded.AsSpan(0, length).ToArray();
    }

    /// <summary>
    /// Checks a run of characters above the controls, and gives its end: before a character that the end of the data cuts in two.
    /// </summary>
    private int CheckCharacters(int start, int stop)
    {
        var run = _buffer.AsSpan(start, stop - start);
        if (Ascii.IsValid(run))
            return stop;
        if (stop == _end)
            run = run[..^CutOff(run)];
        if (!Utf8.IsValid(run))
            throw Malformed("it holds bytes that are not UTF-8");
        if (run.IndexOf("\uFFFE"u8) >= 0 || run.IndexOf("\uFFFF"u8) >= 0)
            throw Malformed("it holds the character U+FFFE or U+FFFF");
        return start + run.Length;
    }

    /// <summary>How many bytes at the end begin a character that needs more.</summary>
    private static int CutOff(ReadOnlySpan<byte> run)
    {
        for (var length = 1; length <= Math.Min(3, run.Length); length++)
        {
            var b = run[^length];
            if ((b & 0xC0) == 0x80)
                continue;
            var needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
            return needed > length ? length : 0;
        }

        return 0;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        if (text.Length > _text.Length - _textLength)
            GrowText(_textLength + text.Length);
        text.CopyTo(_text.AsSpan(_textLength));
        _textLength += text.Length;
    }

    private void GrowText(int needed)
    {
        if (needed > LongestText)
            throw new VimProtocolException($"The text of <{Name}> is longer than {LongestText} bytes.");
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, 512), 2 * _text.Length));
        Text.CopyTo(larger);
        if (_text.Length > 0)
            ArrayPool<byte>.Shared.Return(_text);
        _text = larger;
    }

    private VimProtocolException InvalidReference() => Malformed("it holds a reference to no character that XML defines");

    private VimProtocolException InvalidCharacter(byte character) => Malformed($"it holds the character U+{character:X4}");
}
