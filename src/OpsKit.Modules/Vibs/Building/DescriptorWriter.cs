using System.Globalization;
using System.Text;
using System.Xml;

namespace OpsKit.Modules.Vibs;

/// <summary>Writes <c>descriptor.xml</c>, its elements in the order that hosts' schema wants.</summary>
internal static class DescriptorWriter
{
    /// <param name="options">What the package says of itself.</param>
    /// <param name="name">The payload's name.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="released">When it was released.</param>
    /// <param name="files">The files it brings.</param>
    public static byte[] Write(VibBuildOptions options, string name, WrittenPayload payload, DateTimeOffset released, IReadOnlyList<string> files)
    {
        using var document = new MemoryStream();
        using (var xml = XmlWriter.Create(document, Settings()))
        {
            var summary = options.Summary.Length > 0 ? options.Summary : $"{options.Name} {options.Version}";
            xml.WriteStartElement("vib");
            xml.WriteAttributeString("version", "5.0");
            xml.WriteElementString("type", "bootbank");
            xml.WriteElementString("name", options.Name);
            xml.WriteElementString("version", options.Version);
            xml.WriteElementString("vendor", options.Vendor);
            xml.WriteElementString("summary", summary);
            xml.WriteElementString("description", options.Description.Length > 0 ? options.Description : summary);
            xml.WriteElementString("release-date", Moment(released));
            WriteList(xml, "urls", options.Urls, WriteUrl);
            WriteRelations(xml, options);
            WriteList(xml, "software-tags", options.Tags, (writer, tag) => writer.WriteElementString("tag", tag));
            xml.WriteStartElement("system-requires");
            xml.WriteElementString("maintenance-mode", Word(options.MaintenanceMode));
            xml.WriteEndElement();
            WriteList(xml, "file-list", files, (writer, file) => writer.WriteElementString("file", file));
            xml.WriteElementString("acceptance-level", "community");
            xml.WriteElementString("live-install-allowed", Word(options.Live));
            xml.WriteElementString("live-remove-allowed", Word(options.Live));
            xml.WriteElementString("cimom-restart", "false");
            xml.WriteElementString("stateless-ready", "true");
            xml.WriteElementString("overlay", "false");
            WritePayload(xml, name, payload, options.Flavour);
            xml.WriteEndElement();
        }

        document.WriteByte((byte)'\n');
        return document.ToArray();
    }

    /// <summary>A moment as descriptors and metadata have it.</summary>
    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    /// <summary>Without a declaration and a byte-order mark, which no known descriptor has.</summary>
    public static XmlWriterSettings Settings() => new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };

    private static void WriteUrl(XmlWriter xml, string url)
    {
        var bar = url.IndexOf('|', StringComparison.Ordinal);
        xml.WriteStartElement("url");
        xml.WriteAttributeString("key", url[..bar]);
        xml.WriteString(url[(bar + 1)..]);
        xml.WriteEndElement();
    }

    private static void WriteRelations(XmlWriter xml, VibBuildOptions options)
    {
        xml.WriteStartElement("relationships");
        WriteList(xml, "depends", options.Depends, (writer, relation) => WriteRelation(writer, "constraint", relation));
        WriteList(xml, "conflicts", options.Conflicts, (writer, relation) => WriteRelation(writer, "constraint", relation));
        WriteList(xml, "replaces", options.Replaces, (writer, relation) => WriteRelation(writer, "constraint", relation));
        WriteList(xml, "provides", options.Provides, (writer, relation) => WriteRelation(writer, "provide", relation));
        WriteList<VibRelation>(xml, "compatibleWith", [], (_, _) => { });
        xml.WriteEndElement();
    }

    private static void WriteRelation(XmlWriter xml, string element, VibRelation relation)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("name", relation.Name);
        if (relation.Version is { } version)
        {
            if (element == "constraint")
                xml.WriteAttributeString("relation", relation.Relation ?? "=");
            xml.WriteAttributeString("version", version);
        }

        xml.WriteEndElement();
    }

    private static void WritePayload(XmlWriter xml, string name, WrittenPayload payload, VibFlavour flavour)
    {
        xml.WriteStartElement("payloads");
        xml.WriteStartElement("payload");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("type", "tgz");
        xml.WriteAttributeString("size", payload.Bytes.ToString(CultureInfo.InvariantCulture));
        WriteDigest(xml, "sha-256", ofContent: false, payload.Sha256);
        if (flavour == VibFlavour.FromEsxi8)
            WriteDigest(xml, "sha-256", ofContent: true, payload.ContentSha256);
        WriteDigest(xml, "sha-1", ofContent: true, payload.ContentSha1);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteDigest(XmlWriter xml, string type, bool ofContent, string digest)
    {
        xml.WriteStartElement("checksum");
        xml.WriteAttributeString("checksum-type", type);
        if (ofContent)
            xml.WriteAttributeString("verify-process", "gunzip");
        xml.WriteString(digest);
        xml.WriteEndElement();
    }

    private static void WriteList<T>(XmlWriter xml, string element, IReadOnlyList<T> items, Action<XmlWriter, T> write)
    {
        xml.WriteStartElement(element);
        foreach (var item in items)
            write(xml, item);
        xml.WriteEndElement();
    }

    private static string Word(bool flag) => flag ? "true" : "false";
}
