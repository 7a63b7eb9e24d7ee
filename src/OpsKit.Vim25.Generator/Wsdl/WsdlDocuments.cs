using System.Xml;
using System.Xml.Linq;

namespace OpsKit.Vim25.Generator.Wsdl;

/// <summary>
/// Fetches a WSDL and everything it imports or includes, from disk or from the server that offers it. A file that is met twice, as in an
/// import cycle, is read once.
/// </summary>
internal sealed class WsdlDocuments(HttpClient http)
{
    private static readonly XName[] Links =
    [
        Xml.Wsdl + "import", Xml.Xsd + "import", Xml.Xsd + "include",
    ];

    internal async Task<IReadOnlyList<XDocument>> LoadAsync(string location, CancellationToken cancellationToken)
    {
        var root = location.Contains("://", StringComparison.Ordinal) ? new Uri(location) : new Uri(Path.GetFullPath(location));
        var documents = new List<XDocument>();
        var seen = new HashSet<Uri> { root };
        var waiting = new Queue<Uri>(seen);
        while (waiting.TryDequeue(out var uri))
        {
            var document = await ReadAsync(uri, cancellationToken);
            documents.Add(document);
            foreach (var link in document.Descendants().Where(element => Links.Contains(element.Name)))
            {
                var target = link.Attribute("location") ?? link.Attribute("schemaLocation");
                if (target is not null && seen.Add(new Uri(uri, target.Value)))
                    waiting.Enqueue(new Uri(uri, target.Value));
            }
        }

        return documents;
    }

    private async Task<XDocument> ReadAsync(Uri uri, CancellationToken cancellationToken)
    {
        var name = uri.IsFile ? uri.LocalPath : uri.ToString();
        try
        {
            using var stream = uri.IsFile ? File.OpenRead(uri.LocalPath) : await http.GetStreamAsync(uri, cancellationToken);
            using var reader = XmlReader.Create(stream, new XmlReaderSettings
            {
                Async = true,
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
            });
            return await XDocument.LoadAsync(reader, LoadOptions.SetLineInfo, cancellationToken);
        }
        catch (XmlException e)
        {
            throw new GeneratorException($"{name}:{e.LineNumber}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or TaskCanceledException)
        {
            throw new GeneratorException($"{name}: cannot be read: {e.Message}", e);
        }
    }
}

/// <summary>The namespaces of WSDL 1.1 and XML Schema.</summary>
internal static class Xml
{
    internal static readonly XNamespace Wsdl = "http://schemas.xmlsoap.org/wsdl/";
    internal static readonly XNamespace Xsd = "http://www.w3.org/2001/XMLSchema";
}
