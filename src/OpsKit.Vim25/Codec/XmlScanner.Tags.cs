namespace OpsKit.Vim25;

/// <content>Start and end tags. Each is read as a whole, or again from its beginning when more of it is there.</content>
internal sealed partial class XmlScanner
{
    private bool TryReadEndTag()
    {
        if (_depth == 0)
            throw Malformed("an end tag stands where no element is open");
        var name = _open[_depth - 1].Utf8;
        var next = _pos + 2 + name.Length;
        if (next >= _end)
            return false;
        if (!_buffer.AsSpan(_pos + 2, name.Length).SequenceEqual(name))
            throw Mismatch();
        if (_buffer[next] != '>')
        {
            while (XmlBytes.IsSpace(_buffer[next]))
                next++;
            if (next >= _end)
                return false;
            if (_buffer[next] != '>')
                throw Mismatch();
        }

        _pos = next + 1;
        return true;
    }

    private VimProtocolException Mismatch() => Malformed($"the end tag of <{Name}> is expected where another stands");

    private bool TryReadStartTag()
    {
        var start = _pos + 1;
        var next = XmlBytes.Find<XmlBytes.NameStop>(_buffer, start);
        if (next >= _end)
            return false;
        if (_depth == 0 && _hasRoot)
            throw Malformed("it has a second root element");
        var name = next > start ? _names.Get(_buffer.AsSpan(start, next - start)) : null;
        if (name is null)
            throw Malformed("a tag has no valid name");

        _attributes = 0;
        var isEmpty = false;
        if (_buffer[next] == '>')
            next++;
        else if (!TryReadAttributes(ref next, out isEmpty))
            return false;

        Push(name);
        _pendingEnd = isEmpty;
        if (_attributes > 0)
            ResolveAttributes();
        if (name.Prefix.Length > 0)
            FindNamespace(name.Prefix);
        _pos = next;
        return true;
    }

    private void Push(XmlName name)
    {
        if (_depth == _open.Length)
        {
            if (_depth >= DeepestElement)
                throw new VimProtocolException($"Elements are nested deeper than {DeepestElement} levels.");
            Array.Resize(ref _open, Math.Min(2 * _depth, DeepestElement));
        }

        _open[_depth++] = name;
        _hasRoot = true;
    }

    /// <summary>From behind the element's name to behind the tag's end.</summary>
    private bool TryReadAttributes(ref int next, out bool isEmpty)
    {
        isEmpty = false;
        while (true)
        {
            var afterValue = next;
            SkipSpace(ref next);
            if (next >= _end)
                return false;
            if (_buffer[next] == '>')
            {
                next++;
                return true;
            }

            if (_buffer[next] == '/')
            {
                if (next + 1 >= _end)
                    return false;
                if (_buffer[next + 1] != '>')
                    throw Malformed("a tag is wrong");
                next += 2;
                isEmpty = true;
                return true;
            }

            if (next == afterValue)
                throw Malformed("a tag is wrong: white space is expected between attributes");
            if (!TryReadAttribute(ref next))
                return false;
        }
    }

    private bool TryReadAttribute(ref int next)
    {
        var start = next;
        next = XmlBytes.Find<XmlBytes.NameStop>(_buffer, start);
        if (next >= _end)
            return false;
        var name = next > start ? _names.Get(_buffer.AsSpan(start, next - start)) : null;
        if (name is null)
            throw Malformed("an attribute has no valid name");
        SkipSpace(ref next);
        if (next >= _end)
            return false;
        if (_buffer[next] != '=')
            throw Malformed($"the attribute {name} has no value");
        next++;
        SkipSpace(ref next);
        if (next >= _end)
            return false;
        var quote = _buffer[next];
        if (quote is not ((byte)'"' or (byte)'\''))
            throw Malformed($"the value of the attribute {name} is not quoted");
        return TryReadAttributeValue(name, quote, ref next);
    }

    private bool TryReadAttributeValue(XmlName name, byte quote, ref int next)
    {
        var start = next + 1;
        var isPlain = true;
        for (next = start; ; next++)
        {
            next = XmlBytes.Find<XmlBytes.AttributeStop>(_buffer, next);
            if (next >= _end)
                return false;
            var c = _buffer[next];
            if (c == quote)
                break;
            if (c == '<')
                throw Malformed($"the value of the attribute {name} holds a <");
            if (c < ' ' && !XmlBytes.IsSpace(c))
                throw InvalidCharacter(c);
            isPlain &= c is (byte)'"' or (byte)'\'';
        }

        CheckCharacters(start, next);
        AddAttribute(name, start, next - start, isPlain ? null : DecodeAttribute(_buffer.AsSpan(start, next - start)));
        next++;
        return true;
    }

    private void SkipSpace(ref int next)
    {
        while (XmlBytes.IsSpace(_buffer[next]))
            next++;
    }
}
