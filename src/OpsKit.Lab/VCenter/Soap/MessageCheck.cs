using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Schema;
using OpsKit.Lab.VCenter.Http;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Soap;

/// <summary>
/// Holds every message of a vCenter to the schema that was generated from the WSDL, as the client's API version has it: all answers, and the requests that were carried out. A server that takes a
/// request which is not valid is as wrong as one whose answer is not.
/// </summary>
internal sealed class MessageCheck
{
    private const int Longest = 2000;
    private int _checked;

    /// <summary>Raised for each violation, from any thread.</summary>
    public event Action<string>? Violated;

    /// <summary>What is wrong with which message.</summary>
    public ConcurrentQueue<string> Violations { get; } = [];

    /// <summary>How many messages were looked at.</summary>
    public int Checked => Volatile.Read(ref _checked);

    /// <summary>Looks at an exchange; a request that was refused unread need not be valid.</summary>
    public void Observe(SdkExchange exchange)
    {
        if (exchange.Operation.Length > 0)
            Check($"{exchange.Operation} request", exchange.Schema, exchange.Request);
        Check($"{exchange.Operation} answer", exchange.Schema, exchange.Answer);
    }

    private void Check(string what, SchemaVersion schema, ReadOnlyMemory<byte> message)
    {
        Interlocked.Increment(ref _checked);
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = VersionedXsd.Of(schema) };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.ValidationEventHandler += (_, problem) =>
            Complain($"{what}: {problem.Message} (line {problem.Exception.LineNumber}, column {problem.Exception.LinePosition})", message);
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
}
