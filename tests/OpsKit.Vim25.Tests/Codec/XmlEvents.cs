using System.Text;
using System.Xml;

namespace OpsKit.Vim25.Tests.Codec;

/// <summary>A document as a list of what is in it, by OpsKit's scanner and by System.Xml; null where it is refused.</summary>
internal static class XmlEvents
{
    /// <param name="document">The document's bytes.</param>
    /// <param name="chunk">How many bytes the stream gives at once.</param>
    internal static string? ByScanner(byte[] document, int chunk = int.MaxValue)
    {
        using var scanner = new XmlScanner(new ChunkedStream(document, chunk));
        var events = new StringBuilder();
        try
        {
            while (true)
            {
                scanner.ClearText();
                var at = scanner.Read(keepText: true);
                Text(events, Encoding.UTF8.GetString(scanner.Text));
                switch (at)
                {
                    case XmlEvent.EndOfDocument:
                        return events.ToString();
                    case XmlEvent.End:
                        events.Append("end ").Append(scanner.ClosedName).Append('\n');
                        break;
                    case XmlEvent.Start:
                        events.Append("start ").Append(scanner.Name).Append('\n');
                        for (var i = 0; i < scanner.AttributeCount; i++)
                            Attribute(events, scanner.AttributeNamespace(i), scanner.AttributeName(i).Local, Encoding.UTF8.GetString(scanner.AttributeValue(i)));
                        break;
                }
            }
        }
        catch (VimProtocolException)
        {
            return null;
        }
    }

    internal static string? BySystemXml(byte[] document)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CheckCharacters = false };
        var events = new StringBuilder();
        var text = new StringBuilder();
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(document), settings);
            while (reader.Read())
            {
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                {
                    if (reader.Depth > 0)
                        text.Append(reader.Value);
                    continue;
                }

                if (reader.NodeType is not (XmlNodeType.Element or XmlNodeType.EndElement))
                    continue;
                Text(events, text.ToString());
                text.Clear();
                events.Append(reader.NodeType == XmlNodeType.Element ? "start " : "end ").Append(reader.Name).Append('\n');
                if (reader.NodeType == XmlNodeType.EndElement)
                    continue;
                var (name, isEmpty) = (reader.Name, reader.IsEmptyElement);
                while (reader.MoveToNextAttribute())
                    Attribute(events, reader.NamespaceURI, reader.LocalName, reader.Value);
                if (isEmpty)
                    events.Append("end ").Append(name).Append('\n');
            }

            return events.ToString();
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static void Text(StringBuilder events, string text)
    {
        if (text.Length > 0)
            events.Append("text ").Append(WithoutHalves(text)).Append('\n');
    }

    private static void Attribute(StringBuilder events, string space, string name, string value) =>
        events.Append("  ").Append(space).Append('|').Append(name).Append('=').Append(WithoutHalves(value)).Append('\n');

    /// <summary>Half a surrogate pair by number is U+FFFD to the scanner and stays what it is to System.Xml.</summary>
    private static string WithoutHalves(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private sealed class ChunkedStream(byte[] document, int chunk) : MemoryStream(document)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }
}
