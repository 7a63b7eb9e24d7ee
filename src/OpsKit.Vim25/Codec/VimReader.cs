using System.Xml;

namespace OpsKit.Vim25;

/// <summary>
/// Reads vim25 data from XML as it arrives. Each read method is called with the reader on a start element, takes that element whole and
/// leaves the reader on what follows it. Whatever is not well-formed becomes a <see cref="VimProtocolException"/>.
/// </summary>
public sealed partial class VimReader : IDisposable
{
    internal const string XsiNamespace = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Real answers stay below 30; deeper ones would end in a stack overflow.</summary>
    internal const int DeepestElement = 200;

    private readonly XmlReader _xml;
    private readonly StringPool _pool = new();
    private readonly string _xsi;
    private bool _ended;

    private VimReader(XmlReader xml)
    {
        _xml = xml;
        _xsi = xml.NameTable.Add(XsiNamespace);
    }

    /// <summary>The local name of the element the reader is on.</summary>
    internal string Name => _xml.LocalName;

    /// <summary>Opens a document. DTDs are refused and nothing outside it is ever fetched.</summary>
    /// <param name="stream">UTF-8 or any encoding that XML can declare; closed with the reader.</param>
    public static VimReader Create(Stream stream)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = false, // A name may be a blank.
            CheckCharacters = false, // Guests report names and notes with control characters, and some servers pass them on.
            CloseInput = true,
        };
        try
        {
            return new VimReader(XmlReader.Create(stream, settings));
        }
        catch (XmlException exception)
        {
            throw Malformed(exception);
        }
    }

    /// <summary>Closes the document and its stream.</summary>
    public void Dispose() => _xml.Dispose();

    /// <summary>Moves to the root element.</summary>
    internal void MoveToContent()
    {
        while (_xml.NodeType != XmlNodeType.Element)
            Advance();
    }

    /// <summary>Skips the element the reader is on.</summary>
    internal void Skip()
    {
        try
        {
            _xml.Skip();
        }
        catch (XmlException exception)
        {
            throw Malformed(exception);
        }
    }

    /// <summary>Reads what follows, so that an end that is missing or malformed is noticed.</summary>
    internal void ReadToEnd()
    {
        while (!_xml.EOF)
            Advance();
    }

    /// <summary>
    /// Goes into the element the reader is on. True when it has content; then <see cref="NextChild"/> walks it. False when it is empty and has
    /// been passed.
    /// </summary>
    internal bool Enter()
    {
        if (_xml.Depth > DeepestElement)
            throw new VimProtocolException($"Elements are nested deeper than {DeepestElement} levels at <{_xml.LocalName}>.");
        var empty = _xml.IsEmptyElement;
        Advance();
        return !empty;
    }

    /// <summary>Moves to the next child element; false when the parent's end was reached and passed.</summary>
    internal bool NextChild()
    {
        while (true)
        {
            switch (_xml.NodeType)
            {
                case XmlNodeType.Element:
                    return true;
                case XmlNodeType.EndElement:
                    Advance();
                    return false;
                default:
                    Advance();
                    break;
            }
        }
    }

    /// <summary>Moves on; past the root's end there is nothing to move to, once, and more than once is an error.</summary>
    private void Advance()
    {
        try
        {
            if (_xml.Read())
                return;
        }
        catch (XmlException exception)
        {
            throw Malformed(exception);
        }

        if (_ended)
            throw new VimProtocolException("The document ends too early.");
        _ended = true;
    }

    private static VimProtocolException Malformed(XmlException exception) => new($"The document is not well-formed XML: {exception.Message}", exception);
}
