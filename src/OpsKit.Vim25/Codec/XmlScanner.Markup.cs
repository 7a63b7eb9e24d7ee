namespace OpsKit.Vim25;

/// <content>Comments, processing instructions and CDATA sections, of any length.</content>
internal sealed partial class XmlScanner
{
    private void ReadDeclaration(bool keepText)
    {
        if (IsAt("<!--"u8))
        {
            _pos += 4;
            ReadSection("-->"u8, keep: false);
        }
        else if (IsAt("<![CDATA["u8))
        {
            if (_depth == 0)
                throw Malformed("text stands outside the root element");
            _pos += 9;
            ReadSection("]]>"u8, keepText);
        }
        else if (IsAt("<!DOCTYPE"u8))
        {
            throw Malformed("it has a DTD, which no vim25 answer has");
        }
        else
        {
            throw Malformed("it holds markup of no known kind");
        }
    }

    private void ReadInstruction()
    {
        var start = _pos + 2;
        var next = XmlBytes.Find<XmlBytes.NameStop>(_buffer, start);
        if (next + 1 >= _end)
        {
            Need();
            return;
        }

        if (next == start || _names.Get(_buffer.AsSpan(start, next - start)) is not { Prefix: "" } target
            || target.Local.Equals("xml", StringComparison.OrdinalIgnoreCase)
            || !(XmlBytes.IsSpace(_buffer[next]) || (_buffer[next] == '?' && _buffer[next + 1] == '>')))
        {
            throw Malformed("a processing instruction is wrong");
        }

        _pos = next;
        ReadSection("?>"u8, keep: false);
    }

    /// <summary>Reads on behind the terminator.</summary>
    private void ReadSection(ReadOnlySpan<byte> terminator, bool keep)
    {
        while (true)
        {
            var stop = XmlBytes.Find<XmlBytes.SectionStop>(_buffer, _pos);
            if (stop > _pos)
                ReadRun(stop, keep);
            else if (_pos == _end)
                Need();
            else if (_buffer[_pos] == '\r')
                ReadLineEnd(keep);
            else if (_buffer[_pos] < ' ')
                throw InvalidCharacter(_buffer[_pos]);
            else if (IsAt(terminator))
                break;
            else if (terminator[0] == '-' && IsAt("--"u8))
                throw Malformed("a comment holds two hyphens");
            else
                ReadByte(keep);
        }

        _pos += terminator.Length;
    }
}
