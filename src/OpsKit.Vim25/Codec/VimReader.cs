using System.Xml;

namespace OpsKit.Vim25;

/// <summary>
/// Reads vim25 data from XML as it arrives. Each read method is called with the reader on a start element, takes that element whole and
/// leaves the reader on what follows it.
/// </summary>
public sealed partial class VimReader : IDisposable
{
    internal const string XsiNamespace = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Real answers stay below 30; deeper ones would end in a stack overflow.</summary>
    internal const int DeepestElement = 200;

    private readonly XmlReader _xml;
    private readonly StringPool _pool = new();
    private readonly string _xsi;
    private char[] _text = new char[512];

    private VimReader(XmlReader xml)
    {
        _xml = xml;
        _xsi = xml.NameTable.Add(XsiNamespace);
    }

    /// <summary>The local name of the element the reader is on.</summary>
    internal string Name => _xml.LocalName;

    /// <summary>Opens a document. DTDs are refused and nothing outside it is ever fetched.</summary>
    /// <param name="stream">UTF-8 or any encoding that XML can declare; closed with the reader.</param>
    public static VimReader Create(Stream stream) => new(XmlReader.Create(stream, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = false,
        CheckCharacters = false,
        CloseInput = true,
    }));

    /// <summary>Closes the document and its stream.</summary>
    public void Dispose() => _xml.Dispose();

    /// <summary>Moves to the root element.</summary>
    internal void MoveToContent()
    {
        if (_xml.MoveToContent() != XmlNodeType.Element)
            throw new VimProtocolException("The document has no root element.");
    }

    /// <summary>Skips the element the reader is on.</summary>
    internal void Skip() => _xml.Skip();

    /// <summary>
    /// Goes into the element the reader is on. True when it has content; then <see cref="NextChild"/> walks it. False when it is empty and has
    /// been passed.
    /// </summary>
    internal bool Enter()
    {
        if (_xml.Depth > DeepestElement)
            throw new VimProtocolException($"Elements are nested deeper than {DeepestElement} levels at <{_xml.LocalName}>.");
        var empty = _xml.IsEmptyElement;
        _xml.Read();
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
                    _xml.Read();
                    return false;
                case XmlNodeType.None:
                    throw new VimProtocolException("The document ends in the middle of an element.");
                default:
                    _xml.Read();
                    break;
            }
        }
    }

    /// <summary>Reads an object; its <c>xsi:type</c> decides which subtype of <typeparamref name="T"/> is made.</summary>
    internal T? ReadObject<T>(Func<T> declared)
        where T : DataObject
    {
        if (ReadTypeAttributes(out var typeName))
        {
            Skip();
            return null;
        }

        var target = Create(typeName, declared);
        ReadFields(target);
        return target;
    }

    internal ManagedObjectReference? ReadReference()
    {
        string? type = null;
        if (_xml.MoveToFirstAttribute())
        {
            do
            {
                if (_xml.LocalName == "type" && !ReferenceEquals(_xml.NamespaceURI, _xsi))
                    type = AttributeText();
            }
            while (_xml.MoveToNextAttribute());
            _xml.MoveToElement();
        }

        var value = ReadSpan();
        return value.IsEmpty ? null : new ManagedObjectReference(type ?? "", new string(value));
    }

    /// <summary>Adds to the list a property holds: a new one where it still holds the shared empty list.</summary>
    internal static IReadOnlyList<T> Append<T>(IReadOnlyList<T> list, T? item)
    {
        if (item is null)
            return list;
        if (list is not List<T> items)
            items = [];
        items.Add(item);
        return items;
    }

    /// <inheritdoc cref="Append{T}"/>
    internal static IReadOnlyList<T> AppendValue<T>(IReadOnlyList<T> list, T? item)
        where T : struct
    {
        if (item is null)
            return list;
        if (list is not List<T> items)
            items = [];
        items.Add(item.Value);
        return items;
    }

    private static T Create<T>(string? typeName, Func<T> declared)
        where T : DataObject
    {
        if (typeName is null)
            return declared();

        if (VimTypes.Create(typeName) is T known)
            return known;

        var target = VimTypes.NearestKnownBase(typeName) is { } baseName && VimTypes.Create(baseName) is T nearest ? nearest : declared();
        if (target.WireTypeName != typeName)
            target.MarkUnknownSubtype(typeName);
        return target;
    }

    private void ReadFields(DataObject target)
    {
        if (!Enter())
            return;

        while (NextChild())
        {
            if (!target.ReadField(this, _xml.LocalName))
                Skip();
        }
    }

    /// <summary>Reads <c>xsi:type</c>, whatever its prefix, and tells whether <c>xsi:nil</c> is set.</summary>
    private bool ReadTypeAttributes(out string? typeName)
    {
        typeName = null;
        var nil = false;
        if (!_xml.MoveToFirstAttribute())
            return false;

        do
        {
            if (!ReferenceEquals(_xml.NamespaceURI, _xsi))
                continue;
            if (_xml.LocalName == "type")
                typeName = LocalPart(AttributeText());
            else if (_xml.LocalName == "nil")
                nil = _xml.Value is "true" or "1";
        }
        while (_xml.MoveToNextAttribute());
        _xml.MoveToElement();
        return nil;
    }

    private string AttributeText()
    {
        var length = 0;
        length = AppendValue(length);
        return _pool.Get(_text.AsSpan(0, length));
    }

    private string LocalPart(string qualifiedName)
    {
        var colon = qualifiedName.IndexOf(':');
        return colon < 0 ? qualifiedName : _pool.Get(qualifiedName.AsSpan(colon + 1));
    }

    /// <summary>The text of the element the reader is on, valid until the next read. Child elements are skipped.</summary>
    private ReadOnlySpan<char> ReadSpan()
    {
        var empty = _xml.IsEmptyElement;
        _xml.Read();
        if (empty)
            return default;

        var length = 0;
        while (true)
        {
            switch (_xml.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    length = AppendValue(length);
                    _xml.Read();
                    break;
                case XmlNodeType.EndElement:
                    _xml.Read();
                    return _text.AsSpan(0, length);
                case XmlNodeType.Element:
                    _xml.Skip();
                    break;
                case XmlNodeType.None:
                    throw new VimProtocolException("The document ends in the middle of a value.");
                default:
                    _xml.Read();
                    break;
            }
        }
    }

    private int AppendValue(int length)
    {
        while (true)
        {
            if (length == _text.Length)
                Array.Resize(ref _text, _text.Length * 2);
            var read = _xml.ReadValueChunk(_text, length, _text.Length - length);
            if (read == 0)
                return length;
            length += read;
        }
    }
}
