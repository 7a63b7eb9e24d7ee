using System.Xml;
using System.Xml.Linq;

namespace OpsKit.Modules.Vibs;

/// <summary>Writes the documents of bundles.</summary>
internal static class BundleXml
{
    /// <summary>An element with a text, which is written out in two tags even where it is empty.</summary>
    public static XElement Text(string name, string text) => new(name, text);

    /// <summary>A document.</summary>
    public static byte[] Of(XElement root)
    {
        using var document = new MemoryStream();
        using (var xml = XmlWriter.Create(document, DescriptorWriter.Settings()))
            root.WriteTo(xml);
        document.WriteByte((byte)'\n');
        return document.ToArray();
    }
}
