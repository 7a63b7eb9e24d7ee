using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Soap;

/// <summary>The generated XSD as an API version has it: without the types and fields that came later.</summary>
internal static class VersionedXsd
{
    private static readonly XNamespace Xsd = XmlSchema.Namespace;
    private static readonly ConcurrentDictionary<string, Lazy<XmlSchemaSet>> Compiled = new(StringComparer.Ordinal);

    /// <summary>The schema of whole messages.</summary>
    public static XmlSchemaSet Of(SchemaVersion schema) => Compiled.GetOrAdd(schema.Version, _ => new Lazy<XmlSchemaSet>(() => Compile(schema))).Value;

    /// <summary>The schema of what stands in messages, as its document.</summary>
    public static XElement Document(SchemaVersion schema)
    {
        using var file = Open("vim25.xsd");
        var root = XDocument.Load(file).Root!;
        foreach (var type in root.Elements(Xsd + "complexType").ToArray())
            Age(schema, type);
        Prune(root);
        return root;
    }

    private static XmlSchemaSet Compile(SchemaVersion schema)
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        using var reader = Document(schema).CreateReader();
        set.Add(null, reader);
        using var envelope = Open("envelope.xsd");
        using var envelopeReader = XmlReader.Create(envelope);
        set.Add(null, envelopeReader);
        set.Compile();
        return set;
    }

    private static void Age(SchemaVersion schema, XElement type)
    {
        if (TypeShape.OfData(type.Attribute("name")!.Value) is not { } shape)
            return;
        if (schema.Data(shape.Name) is not { } aged)
        {
            type.Remove();
            return;
        }

        foreach (var field in type.Descendants(Xsd + "element").Where(field => aged.Field(field.Attribute("name")!.Value) is null).ToArray())
            field.Remove();
    }

    /// <summary>What is left may extend a type that is gone, or hold one.</summary>
    private static void Prune(XElement schema)
    {
        while (true)
        {
            var names = schema.Elements().Where(type => type.Name != Xsd + "element").Select(type => type.Attribute("name")!.Value).ToHashSet(StringComparer.Ordinal);
            bool IsGone(XAttribute? type) => type is not null && !type.Value.StartsWith("xsd:", StringComparison.Ordinal) && !names.Contains(type.Value);
            XElement[] orphans =
            [
                .. schema.Descendants(Xsd + "extension").Where(extension => IsGone(extension.Attribute("base"))).Select(extension => extension.Ancestors(Xsd + "complexType").First()),
                .. schema.Descendants(Xsd + "element").Where(element => IsGone(element.Attribute("type"))),
            ];
            if (orphans.Length == 0)
                return;
            foreach (var orphan in orphans)
                orphan.Remove();
        }
    }

    private static Stream Open(string name) => typeof(VersionedXsd).Assembly.GetManifestResourceStream(name)!;
}
