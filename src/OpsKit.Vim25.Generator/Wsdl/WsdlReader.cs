using System.Xml;
using System.Xml.Linq;

namespace OpsKit.Vim25.Generator.Wsdl;

/// <summary>Turns WSDL documents into a <see cref="Schema"/>. It reads the shapes a vim25 WSDL uses: document/literal, one part a message.</summary>
internal sealed class WsdlReader
{
    private readonly Dictionary<string, ComplexType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumType> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> _elements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _messages = new(StringComparer.Ordinal);

    internal static Schema Read(IReadOnlyList<XDocument> documents) => new WsdlReader().ReadAll(documents);

    private Schema ReadAll(IReadOnlyList<XDocument> documents)
    {
        foreach (var schema in documents.SelectMany(document => document.Descendants(Xml.Xsd + "schema")))
            ReadSchema(schema);
        foreach (var message in documents.SelectMany(document => document.Descendants(Xml.Wsdl + "message")))
        {
            if (message.Element(Xml.Wsdl + "part")?.Attribute("element") is { } element)
                _messages[Name(message)] = Local(element.Value);
        }

        var operations = documents
            .SelectMany(document => document.Descendants(Xml.Wsdl + "portType"))
            .SelectMany(port => port.Elements(Xml.Wsdl + "operation"))
            .Select(ReadOperation)
            .ToDictionary(operation => operation.Name, StringComparer.Ordinal);
        return operations.Count > 0
            ? new Schema(_types, _enums, operations)
            : throw new GeneratorException("No operation found in the WSDL or in what it imports.");
    }

    private void ReadSchema(XElement schema)
    {
        foreach (var type in schema.Elements(Xml.Xsd + "complexType"))
            _types[Name(type)] = ReadType(Name(type), type);
        foreach (var element in schema.Elements(Xml.Xsd + "element"))
            _elements[Name(element)] = element;
        foreach (var type in schema.Elements(Xml.Xsd + "simpleType"))
        {
            var values = type.Descendants(Xml.Xsd + "enumeration").Select(value => value.Attribute("value")!.Value).ToArray();
            _enums[Name(type)] = new EnumType(Name(type), values);
        }
    }

    private static ComplexType ReadType(string name, XElement type)
    {
        var extension = type.Element(Xml.Xsd + "complexContent")?.Element(Xml.Xsd + "extension");
        var content = extension ?? type;
        if (content.Elements().FirstOrDefault(child => child.Name == Xml.Xsd + "choice" || child.Name == Xml.Xsd + "all" || child.Name == Xml.Xsd + "group") is { } strange)
            throw new GeneratorException($"line {((IXmlLineInfo)strange).LineNumber}: the type \"{name}\" uses {strange.Name.LocalName}, which no vim25 type does and this generator cannot read.");
        var sequence = content.Element(Xml.Xsd + "sequence");
        var fields = sequence?.Elements(Xml.Xsd + "element").Select(ReadField).ToArray() ?? [];
        return new ComplexType(name, extension is null ? null : Local(extension.Attribute("base")!.Value), fields);
    }

    private static Field ReadField(XElement element)
    {
        var type = element.Attribute("type")?.Value
            ?? throw new GeneratorException($"line {((IXmlLineInfo)element).LineNumber}: the element \"{Name(element)}\" has no type.");
        return new Field(
            Name(element),
            new TypeName(Local(type), IsXsd(element, type)),
            element.Attribute("minOccurs")?.Value == "0",
            element.Attribute("maxOccurs")?.Value is { } most && most != "1");
    }

    private Operation ReadOperation(XElement operation)
    {
        var input = Fields(MessageOf(operation.Element(Xml.Wsdl + "input")));
        var output = Fields(MessageOf(operation.Element(Xml.Wsdl + "output")));
        var faults = operation.Elements(Xml.Wsdl + "fault").Select(Name).Order(StringComparer.Ordinal).ToArray();
        var returns = output.FirstOrDefault(field => field.Name == "returnval");

        // A list without items is no element at all, which servers send even where the WSDL asks for one.
        return new Operation(Name(operation), input, returns is { Array: true } ? returns with { Optional = true } : returns, faults);
    }

    private string MessageOf(XElement? direction) =>
        direction?.Attribute("message") is { } message && _messages.TryGetValue(Local(message.Value), out var element)
            ? element
            : throw new GeneratorException($"The operation \"{direction?.Parent?.Attribute("name")?.Value}\" lacks a message, or the message an element: only document/literal is read.");

    private IReadOnlyList<Field> Fields(string elementName)
    {
        if (!_elements.TryGetValue(elementName, out var element))
            throw new GeneratorException($"The WSDL uses the element \"{elementName}\" and does not define it.");
        if (element.Element(Xml.Xsd + "complexType") is { } inline)
            return ReadType(elementName, inline).Fields;
        return element.Attribute("type") is { } type && _types.TryGetValue(Local(type.Value), out var named)
            ? named.Fields
            : throw new GeneratorException($"The element \"{elementName}\" has no type that the WSDL defines.");
    }

    private static bool IsXsd(XElement context, string qualifiedName)
    {
        var colon = qualifiedName.IndexOf(':', StringComparison.Ordinal);
        var space = colon < 0 ? context.GetDefaultNamespace() : context.GetNamespaceOfPrefix(qualifiedName[..colon]);
        return space == Xml.Xsd;
    }

    private static string Name(XElement element) => element.Attribute("name")!.Value;

    private static string Local(string qualifiedName) => qualifiedName[(qualifiedName.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
