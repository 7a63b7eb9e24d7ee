using System.Buffers;
using System.Text;

namespace OpsKit.Vim25;

/// <content>The buffer and where it is filled from.</content>
internal sealed partial class XmlScanner
{
    /// <summary>Tags, and nothing else, must stand in the buffer as a whole.</summary>
    internal const int LongestTag = 128 * 1024;

    private const int BufferSize = 64 * 1024;

    private Stream _stream;
    private byte[] _buffer = Rent(BufferSize);
    private int _pos;
    private int _end;
    private long _before;
    private bool _isOpen;

    /// <summary>Gets more data behind what is there from the current place on. False at the end of the stream.</summary>
    private bool Fill()
    {
        var rest = _end - _pos;
        var capacity = _buffer.Length - XmlBytes.Padding;
        if (_pos == 0 && rest == capacity)
        {
            if (rest >= LongestTag)
                throw Malformed($"a tag is longer than {LongestTag} bytes");
            var larger = Rent(2 * _buffer.Length);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
            capacity = _buffer.Length - XmlBytes.Padding;
        }
        else
        {
            _buffer.AsSpan(_pos, rest).CopyTo(_buffer);
            _before += _pos;
            _pos = 0;
        }

        _end = rest;
        try
        {
            _end += _stream.Read(_buffer.AsSpan(rest, capacity - rest));
        }
        catch (DecoderFallbackException exception)
        {
            throw new VimProtocolException($"The document is not well-formed XML: its encoding is broken: {exception.Message}", exception);
        }
        finally
        {
            _buffer[_end] = 0;
        }

        return _end > rest;
    }

    /// <summary>What is at the current place is cut off by the end of the buffer.</summary>
    private void Need()
    {
        if (!Fill())
            throw EndsTooEarly();
    }

    /// <summary>At least so many bytes from the current place on, where the document has them.</summary>
    private bool Has(int count)
    {
        while (_end - _pos < count)
        {
            if (!Fill())
                return false;
        }

        return true;
    }

    private bool IsAt(ReadOnlySpan<byte> bytes) => Has(bytes.Length) && _buffer.AsSpan(_pos).StartsWith(bytes);

    /// <summary>A rented array may hold another's data: a search must not run on in it.</summary>
    private static byte[] Rent(int size)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        buffer[0] = 0;
        return buffer;
    }

    private void ReturnBuffers()
    {
        if (_buffer.Length > XmlBytes.Padding)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            if (_text.Length > 0)
                ArrayPool<byte>.Shared.Return(_text);
        }

        _buffer = new byte[XmlBytes.Padding];
        _text = [];
        _pos = _end = 0;
        _stream = Stream.Null;
        _attributes = 0;
    }
}
