using System.Text;
using System.Xml;

namespace OpsKit.Vim25;

/// <summary>A name as it stands in the document, taken apart.</summary>
internal sealed class XmlName : IUtf8Entry<XmlName>
{
    private XmlName(ReadOnlySpan<byte> utf8, string prefix, string local)
    {
        Utf8 = utf8.ToArray();
        Prefix = prefix;
        Local = local;
        IsDeclaration = prefix == "xmlns" || (prefix.Length == 0 && local == "xmlns");
    }

    /// <summary>Prefix, colon and local name.</summary>
    public byte[] Utf8 { get; }

    /// <summary>Empty where there is none.</summary>
    internal string Prefix { get; }

    internal string Local { get; }

    /// <summary>True for the attributes that declare namespaces.</summary>
    internal bool IsDeclaration { get; }

    public override string ToString() => Encoding.UTF8.GetString(Utf8);

    /// <summary>Null where XML with namespaces does not allow the name.</summary>
    public static XmlName? Create(ReadOnlySpan<byte> utf8)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
            return null;
        var text = Encoding.UTF8.GetString(utf8);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return IsPart(text) ? new XmlName(utf8, "", text) : null;
        var (prefix, local) = (text[..colon], text[(colon + 1)..]);
        return IsPart(prefix) && IsPart(local) ? new XmlName(utf8, prefix, local) : null;
    }

    private static bool IsPart(string text)
    {
        if (text.Length == 0 || !XmlConvert.IsStartNCNameChar(text[0]))
            return false;
        foreach (var c in text)
        {
            if (!XmlConvert.IsNCNameChar(c))
                return false;
        }

        return true;
    }
}
