using System.Globalization;

namespace OpsKit.Vim25;

/// <summary>What the scanner is on.</summary>
internal enum XmlEvent
{
    None,
    Start,
    End,
    EndOfDocument,
}

/// <summary>
/// A forward-only XML 1.0 parser for UTF-8, with namespaces and without DTDs. It refuses what is not well-formed as System.Xml does, keeps
/// no more than a buffer, the names of the open elements and the text that was asked for, and makes no strings.
/// </summary>
internal sealed partial class XmlScanner : IDisposable
{
    /// <summary>Deeper documents are an attack: each open element costs memory.</summary>
    internal const int DeepestElement = 1_000_000;

    private readonly Utf8Table<XmlName> _names = new();
    private XmlName[] _open = new XmlName[32];
    private int _depth;
    private bool _pendingEnd;
    private bool _hasRoot;

    internal XmlScanner(Stream stream) => _stream = stream;

    /// <summary>How many elements are open, the one of a start included.</summary>
    internal int Depth => _depth;

    /// <summary>The name of the innermost open element.</summary>
    internal XmlName Name => _open[_depth - 1];

    /// <summary>After an end: the name of the element that ended.</summary>
    internal XmlName ClosedName => _open[_depth];

    /// <summary>After a start: the element is written as an empty one. Its end comes all the same.</summary>
    internal bool IsEmpty => _pendingEnd;

    /// <summary>Moves to the next start or end of an element, or to the end of the document.</summary>
    /// <param name="keepText">Appends the text on the way to <see cref="Text"/>.</param>
    internal XmlEvent Read(bool keepText = false)
    {
        if (_pendingEnd)
        {
            _pendingEnd = false;
            return Close();
        }

        if (!_isOpen)
            Open();
        while (true)
        {
            if (_buffer[_pos] == '<')
            {
                switch (_buffer[_pos + 1])
                {
                    case (byte)'/':
                        if (TryReadEndTag())
                            return Close();
                        Need();
                        break;
                    case (byte)'!':
                        ReadDeclaration(keepText);
                        break;
                    case (byte)'?':
                        ReadInstruction();
                        break;
                    default:
                        if (TryReadStartTag())
                            return XmlEvent.Start;
                        Need();
                        break;
                }
            }
            else if (_pos < _end)
            {
                ReadText(keepText);
            }
            else if (!Fill())
            {
                return EndDocument();
            }
        }
    }

    /// <summary>From a start, passes the element with all it holds.</summary>
    internal void Skip()
    {
        var outside = _depth - 1;
        while (Read() != XmlEvent.End || _depth > outside)
        {
        }
    }

    /// <summary>
    /// From a start, reads the element to its end where it holds nothing but plain ASCII text that is in the buffer. Nothing happens where it
    /// holds anything else.
    /// </summary>
    internal bool TryReadPlainText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (_pendingEnd)
        {
            _pendingEnd = false;
            Close();
            return true;
        }

        var start = _pos;
        var stop = XmlBytes.Find<XmlBytes.NotPlain>(_buffer, start);
        while (_buffer[stop] == ']' && _buffer[stop + 1] != ']')
            stop = XmlBytes.Find<XmlBytes.NotPlain>(_buffer, stop + 1);
        if (_buffer[stop] != '<' || _buffer[stop + 1] != '/')
            return false;
        _pos = stop;
        if (!TryReadEndTag())
        {
            _pos = start;
            return false;
        }

        text = _buffer.AsSpan(start, stop - start);
        Close();
        return true;
    }

    public void Dispose()
    {
        ReturnBuffers();
        _stream.Dispose();
    }

    private XmlEvent Close()
    {
        if (_declarations > 0)
            EndScope();
        _depth--;
        return XmlEvent.End;
    }

    private XmlEvent EndDocument()
    {
        if (_depth > 0)
            throw EndsTooEarly();
        return _hasRoot ? XmlEvent.EndOfDocument : throw Malformed("it has no root element");
    }

    private VimProtocolException EndsTooEarly() =>
        Malformed(_depth > 0 ? $"it ends too early, within <{Name}>" : "it ends too early");

    private VimProtocolException Malformed(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The document is not well-formed XML: {what} (at byte {_before + _pos})."));
}
