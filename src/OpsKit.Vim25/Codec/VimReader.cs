namespace OpsKit.Vim25;

/// <summary>
/// Reads vim25 data from XML as it arrives. Each read method is called with the reader on a start element, takes that element whole and
/// leaves the reader behind it. Whatever is not well-formed becomes a <see cref="VimProtocolException"/>.
/// </summary>
public sealed partial class VimReader : IDisposable
{
    internal const string XsiNamespace = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Real answers stay below 30; deeper ones would end in a stack overflow.</summary>
    internal const int DeepestElement = 200;

    private readonly XmlScanner _xml;
    private readonly StringPool _pool = new();
    private readonly Utf8Table<WireType> _types = new();

    /// <summary>What was read and not yet taken.</summary>
    private XmlEvent _at;

    /// <summary>Set for a reader that holds what it reads to the schema; a client takes what it gets.</summary>
    private readonly Func<string, TypeShape?>? _shapes;

    private VimReader(XmlScanner xml, Func<string, TypeShape?>? shapes = null) => (_xml, _shapes) = (xml, shapes);

    /// <summary>The local name of the element the reader is on; empty where it is on none.</summary>
    internal string Name => _at == XmlEvent.Start ? _xml.Name.Local : "";

    /// <summary>Opens a document. DTDs are refused and nothing outside it is ever fetched.</summary>
    /// <param name="stream">UTF-8, UTF-16 or another encoding that .NET knows and the document declares; closed with the reader.</param>
    public static VimReader Create(Stream stream) => new(new XmlScanner(stream));

    /// <summary>Opens a document that must be as the schema says, which is how servers read: order, names, types and values.</summary>
    /// <param name="stream">The document; closed with the reader.</param>
    /// <param name="schema">The schema as the writer's API version has it.</param>
    internal static VimReader CreateStrict(Stream stream, SchemaVersion schema) => new(new XmlScanner(stream), schema.Data);

    /// <summary>The namespace of the element the reader is on; empty where it is in none.</summary>
    internal string Namespace => _xml.ElementNamespace;

    /// <summary>Closes the document and its stream.</summary>
    public void Dispose() => _xml.Dispose();

    /// <summary>Moves to the root element.</summary>
    internal void MoveToContent()
    {
        if (Peek() != XmlEvent.Start)
            throw new VimProtocolException("The document holds no element here.");
    }

    /// <summary>Skips the element the reader is on.</summary>
    internal void Skip()
    {
        Take();
        _xml.Skip();
    }

    /// <summary>Reads what follows, so that an end that is missing or malformed is noticed.</summary>
    internal void ReadToEnd()
    {
        while (_at != XmlEvent.EndOfDocument)
            _at = _xml.Read();
    }

    /// <summary>
    /// Goes into the element the reader is on. True when it has content; then <see cref="NextChild"/> walks it. False when it is empty and has
    /// been passed.
    /// </summary>
    internal bool Enter()
    {
        if (_xml.Depth > DeepestElement)
            throw new VimProtocolException($"Elements are nested deeper than {DeepestElement} levels at <{Name}>.");
        Take();
        if (!_xml.IsEmpty)
            return true;
        _xml.Read();
        return false;
    }

    /// <summary>Moves to the next child element; false when the parent's end was reached and passed.</summary>
    internal bool NextChild()
    {
        if (Peek() == XmlEvent.Start)
            return true;
        if (_at != XmlEvent.End)
            throw new VimProtocolException("The document ends too early.");
        _at = XmlEvent.None;
        return false;
    }

    private XmlEvent Peek() => _at == XmlEvent.None ? _at = _xml.Read() : _at;

    private void Take()
    {
        if (_at != XmlEvent.Start)
            throw new InvalidOperationException("The reader is on no element.");
        _at = XmlEvent.None;
    }
}
