using System.Text;

namespace OpsKit.Vim25;

/// <content>The attributes of the start tag the scanner is on, and the namespaces that are declared around it.</content>
internal sealed partial class XmlScanner
{
    /// <summary>Real tags have less than ten; each is compared with each.</summary>
    internal const int MostAttributes = 256;

    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";
    private const string XmlnsNamespace = "http://www.w3.org/2000/xmlns/";

    private Attribute[] _attribute = new Attribute[8];
    private int _attributes;
    private Declaration[] _declaration = new Declaration[8];
    private int _declarations;

    /// <summary>Known until the next read.</summary>
    internal int AttributeCount => _attributes;

    internal XmlName AttributeName(int index) => _attribute[index].Name;

    /// <summary>Empty for an attribute without a prefix.</summary>
    internal string AttributeNamespace(int index) => _attribute[index].Namespace;

    /// <summary>Normalized, its references replaced; valid until the next read.</summary>
    internal ReadOnlySpan<byte> AttributeValue(int index)
    {
        ref var attribute = ref _attribute[index];
        return attribute.Decoded ?? _buffer.AsSpan(attribute.Start, attribute.Length);
    }

    private void AddAttribute(XmlName name, int start, int length, byte[]? decoded)
    {
        if (_attributes == MostAttributes)
            throw Malformed($"a tag has more than {MostAttributes} attributes");
        if (_attributes == _attribute.Length)
            Array.Resize(ref _attribute, 2 * _attributes);
        _attribute[_attributes++] = new Attribute { Name = name, Namespace = "", Start = start, Length = length, Decoded = decoded };
    }

    /// <summary>Declarations count for the whole tag, wherever they stand in it.</summary>
    private void ResolveAttributes()
    {
        for (var i = 0; i < _attributes; i++)
        {
            if (_attribute[i].Name.IsDeclaration)
                Declare(i);
        }

        for (var i = 0; i < _attributes; i++)
        {
            ref var attribute = ref _attribute[i];
            if (attribute.Name.IsDeclaration)
                attribute.Namespace = XmlnsNamespace;
            else if (attribute.Name.Prefix.Length > 0)
                attribute.Namespace = FindNamespace(attribute.Name.Prefix);
            for (var other = 0; other < i; other++)
            {
                if (_attribute[other].Name.Local == attribute.Name.Local && _attribute[other].Namespace == attribute.Namespace)
                    throw Malformed($"the attribute {attribute.Name} stands twice in the same tag");
            }
        }
    }

    private void Declare(int index)
    {
        var name = _attribute[index].Name;
        var value = AttributeValue(index);
        var uri = value.SequenceEqual(XsiBytes) ? VimReader.XsiNamespace : Encoding.UTF8.GetString(value);
        var prefix = name.Prefix.Length == 0 ? "" : name.Local;
        if (prefix == "xmlns" || uri == XmlnsNamespace || prefix == "xml" != (uri == XmlNamespace) || (prefix.Length > 0 && uri.Length == 0))
            throw Malformed($"the namespace declaration {name}=\"{uri}\" is not allowed");

        if (_declarations == _declaration.Length)
            Array.Resize(ref _declaration, 2 * _declarations);
        _declaration[_declarations++] = new Declaration(prefix, uri, _depth);
    }

    private static ReadOnlySpan<byte> XsiBytes => "http://www.w3.org/2001/XMLSchema-instance"u8;

    /// <summary>The namespace of the innermost open element; empty where it is in none.</summary>
    internal string ElementNamespace
    {
        get
        {
            var prefix = Name.Prefix;
            for (var i = _declarations - 1; i >= 0; i--)
            {
                if (_declaration[i].Prefix == prefix)
                    return _declaration[i].Uri;
            }

            return "";
        }
    }

    private string FindNamespace(string prefix)
    {
        for (var i = _declarations - 1; i >= 0; i--)
        {
            if (_declaration[i].Prefix == prefix)
                return _declaration[i].Uri;
        }

        return prefix switch
        {
            "xml" => XmlNamespace,
            "xmlns" => XmlnsNamespace,
            _ => throw Malformed($"the prefix \"{prefix}\" is not declared"),
        };
    }

    /// <summary>Forgets what the innermost element declared.</summary>
    private void EndScope()
    {
        while (_declarations > 0 && _declaration[_declarations - 1].Depth == _depth)
            _declarations--;
    }

    private struct Attribute
    {
        internal XmlName Name;
        internal string Namespace;
        internal int Start;
        internal int Length;
        internal byte[]? Decoded;
    }

    private readonly record struct Declaration(string Prefix, string Uri, int Depth);
}
