using System.Text;
using System.Xml;

namespace OpsKit.Lab.Enclosures.XmlData;

/// <summary>How management processors write XML: elements in elements, no attributes.</summary>
internal static class XmlParts
{
    public static string Write(Action<XmlWriter> write)
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?>\n");
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
            write(xml);
        return text.Append('\n').ToString();
    }

    public static void Facts(this XmlWriter xml, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        foreach (var (name, value) in facts)
            xml.WriteElementString(name, value);
    }

    public static void Group(this XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        xml.WriteStartElement(name);
        xml.Facts(facts);
        xml.WriteEndElement();
    }

    public static void Group<T>(this XmlWriter xml, string name, IEnumerable<T> items, Action<T> write)
    {
        xml.WriteStartElement(name);
        foreach (var item in items)
            write(item);
        xml.WriteEndElement();
    }
}
