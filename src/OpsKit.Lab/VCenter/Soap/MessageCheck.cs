using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Schema;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Soap;

/// <summary>
/// Holds every message of a vCenter to the schema that was generated from the WSDL: all answers, and the requests that were carried out. A server that takes a
/// request which is not valid is as wrong as one whose answer is not.
/// </summary>
internal sealed class MessageCheck
{
    private const int Longest = 2000;
    private static readonly Lazy<XmlSchemaSet> Schemas = new(Load);
    private int _checked;

    /// <summary>Raised for each violation, from any thread.</summary>
    public event Action<string>? Violated;

    /// <summary>What is wrong with which message.</summary>
    public ConcurrentQueue<string> Violations { get; } = [];

    /// <summary>How many messages were looked at.</summary>
    public int Checked => Volatile.Read(ref _checked);

    /// <summary>Sees an exchange.</summary>
    /// <param name="operation">The operation; empty for a request that was refused unread.</param>
    /// <param name="request">The body that was posted.</param>
    /// <param name="answer">The body that is sent back.</param>
    public void Observe(string operation, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> answer)
    {
        if (operation.Length > 0)
            Check($"{operation} request", request);
        Check($"{operation} answer", answer);
    }

    private void Check(string what, ReadOnlyMemory<byte> message)
    {
        Interlocked.Increment(ref _checked);
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = Schemas.Value };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.ValidationEventHandler += (_, problem) =>
        {
            // Of elements in headers and details of faults only the types may be known: the rest is a warning.
            if (problem.Severity == XmlSeverityType.Error)
                Complain($"{what}: {problem.Message} (line {problem.Exception.LineNumber}, column {problem.Exception.LinePosition})", message);
        };
        try
        {
            using var reader = XmlReader.Create(Open(message), settings);
            if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "Envelope" || reader.NamespaceURI != VimWriter.SoapNamespace)
                Complain($"{what}: <{reader.Name}> is no SOAP envelope", message);
            while (reader.Read())
            {
            }
        }
        catch (XmlException broken)
        {
            Complain($"{what}: {broken.Message}", message);
        }
    }

    private void Complain(string violation, ReadOnlyMemory<byte> message)
    {
        var text = System.Text.Encoding.UTF8.GetString(message.Span[..Math.Min(message.Length, Longest)]);
        Violations.Enqueue($"{violation}\n{text}");
        Violated?.Invoke(violation);
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> message) =>
        MemoryMarshal.TryGetArray(message, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(message.ToArray(), writable: false);

    private static XmlSchemaSet Load()
    {
        var schemas = new XmlSchemaSet { XmlResolver = null };
        foreach (var name in (string[])["vim25.xsd", "envelope.xsd"])
        {
            using var file = typeof(MessageCheck).Assembly.GetManifestResourceStream(name)!;
            using var reader = XmlReader.Create(file);
            schemas.Add(null, reader);
        }

        schemas.Compile();
        return schemas;
    }
}
