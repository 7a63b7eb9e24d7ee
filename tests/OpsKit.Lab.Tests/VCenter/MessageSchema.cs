using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Schema;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.VCenter;

/// <summary>Holds every message to the schema that was generated from the WSDL: answers must be valid, requests if they were carried out.</summary>
internal sealed class MessageSchema
{
    private static readonly Lazy<XmlSchemaSet> Compiled = new(() =>
    {
        var set = new XmlSchemaSet();
        set.Add(null, Repository.PathOf("src/OpsKit.Vim25/Generated/vim25.xsd"));
        set.Compile();
        return set;
    });

    internal ConcurrentQueue<string> Complaints { get; } = [];

    internal ConcurrentQueue<string> Checked { get; } = [];

    internal void Observe(string operation, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> answer)
    {
        if (operation.Length > 0)
            Check($"{operation} request", request);
        Check($"{operation} answer", answer);
    }

    internal void Check(string what, ReadOnlyMemory<byte> message)
    {
        var document = new XmlDocument { Schemas = Compiled.Value, XmlResolver = null };
        document.Load(new MemoryStream(message.ToArray()));
        var body = document.DocumentElement!.ChildNodes.OfType<XmlElement>().Single(element => element.LocalName == "Body");
        var content = body.ChildNodes.OfType<XmlElement>().Single();
        var isFault = content.LocalName == "Fault";
        if (isFault)
            content = content.ChildNodes.OfType<XmlElement>().Single(element => element.LocalName == "detail").ChildNodes.OfType<XmlElement>().Single();
        document.Validate((_, complaint) =>
        {
            // The details of faults are of types that the schema has, under names that it has not.
            if (!isFault || !complaint.Message.Contains("element is not declared", StringComparison.Ordinal))
                Complaints.Enqueue($"{what}: {complaint.Message}");
        }, content);
        Checked.Enqueue(what);
    }
}
