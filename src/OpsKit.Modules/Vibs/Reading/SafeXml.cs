using System.Xml;
using System.Xml.Linq;

namespace OpsKit.Modules.Vibs;

/// <summary>Reads the XML documents of packages and bundles: no DTDs, no entities, nothing from elsewhere, and no more depth or size than such documents have.</summary>
internal static class SafeXml
{
    private const int Deepest = 32;
    private const int MostAttributes = 32;

    /// <summary>Reads a document.</summary>
    /// <param name="stream">The document.</param>
    /// <param name="limit">Its bytes at most.</param>
    /// <param name="what">Its name, for errors.</param>
    /// <returns>The root.</returns>
    /// <exception cref="ArchiveException">It is not well-formed, or too large.</exception>
    public static XElement Read(Stream stream, long limit, string what)
    {
        using var document = Kept(stream, limit, what);
        try
        {
            Survey(document, what);
            document.Position = 0;
            using var reader = Reader(document);
            return XElement.Load(reader);
        }
        catch (XmlException broken)
        {
            throw new ArchiveException($"{what} is no well-formed XML: {broken.Message.TrimEnd('.')}", broken);
        }
    }

    /// <summary>What a child element says; empty where there is none.</summary>
    public static string Text(this XElement parent, string name) => parent.Child(name)?.Value.Trim() ?? "";

    /// <summary>The first child element of a name, in whatever namespace; null for none.</summary>
    public static XElement? Child(this XElement parent, string name) => parent.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>The child elements of a name, in whatever namespace.</summary>
    public static IEnumerable<XElement> Children(this XElement? parent, string name) => parent?.Elements().Where(child => child.Name.LocalName == name) ?? [];

    /// <summary>What an attribute says; empty where there is none.</summary>
    public static string Said(this XElement element, string attribute) => ((string?)element.Attribute(attribute))?.Trim() ?? "";

    private static MemoryStream Kept(Stream stream, long limit, string what)
    {
        var kept = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (stream.Read(piece) is var count and > 0)
        {
            if (kept.Length + count > limit)
                throw new LimitException($"{what} is larger than {ByteSize.Words(limit)}");
            kept.Write(piece, 0, count);
        }

        kept.Position = 0;
        return kept;
    }

    private static void Survey(Stream document, string what)
    {
        using var reader = Reader(document);
        while (reader.Read())
        {
            if (reader.Depth > Deepest)
                throw new ArchiveException($"{what} is nested more than {Deepest} deep");
            if (reader.AttributeCount > MostAttributes)
                throw new ArchiveException($"{what} has an element with more than {MostAttributes} attributes");
        }
    }

    private static XmlReader Reader(Stream document) => XmlReader.Create(document, new XmlReaderSettings
    {
        CloseInput = false,
        DtdProcessing = DtdProcessing.Prohibit,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        XmlResolver = null,
    });
}
