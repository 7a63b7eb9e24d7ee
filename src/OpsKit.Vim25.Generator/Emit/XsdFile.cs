using System.Xml.Linq;
using OpsKit.Vim25.Generator.Wsdl;

namespace OpsKit.Vim25.Generator.Emit;

/// <summary>The selection as an XML Schema, against which every request can be validated.</summary>
internal sealed class XsdFile(Selection selection)
{
    private static readonly XNamespace Target = "urn:vim25";

    internal GeneratedFile Write()
    {
        var schema = new XElement(
            Xml.Xsd + "schema",
            new XAttribute("targetNamespace", Target.NamespaceName),
            new XAttribute("elementFormDefault", "qualified"),
            new XAttribute(XNamespace.Xmlns + "xsd", Xml.Xsd.NamespaceName),
            new XAttribute("xmlns", Target.NamespaceName),
            Reference(),
            Complex(BuiltIn.Root, null, []),
            selection.Enums.Select(Enumeration),
            selection.Types.Select(type => Complex(type.Name, type.Base, type.Fields)),
            selection.ArrayItemTypes().Select(Array),
            selection.Operations.Select(operation => new XElement(
                Xml.Xsd + "element",
                new XAttribute("name", operation.Operation.Name),
                new XElement(Xml.Xsd + "complexType", Sequence(operation.Operation.Parameters)))));
        return new GeneratedFile("vim25.xsd", schema.ToString().ReplaceLineEndings("\n") + "\n");
    }

    private static XElement Reference() => new(
        Xml.Xsd + "complexType",
        new XAttribute("name", BuiltIn.Reference),
        new XElement(
            Xml.Xsd + "simpleContent",
            new XElement(
                Xml.Xsd + "extension",
                new XAttribute("base", "xsd:string"),
                new XElement(Xml.Xsd + "attribute", new XAttribute("name", "type"), new XAttribute("type", "xsd:string")))));

    private static XElement Enumeration(EnumType type) => new(
        Xml.Xsd + "simpleType",
        new XAttribute("name", type.Name),
        new XElement(
            Xml.Xsd + "restriction",
            new XAttribute("base", "xsd:string"),
            type.Values.Select(value => new XElement(Xml.Xsd + "enumeration", new XAttribute("value", value)))));

    private static XElement Complex(string name, string? baseType, IReadOnlyList<Field> fields) => new(
        Xml.Xsd + "complexType",
        new XAttribute("name", name),
        baseType is null
            ? Sequence(fields)
            : new XElement(
                Xml.Xsd + "complexContent",
                new XElement(Xml.Xsd + "extension", new XAttribute("base", baseType), Sequence(fields))));

    private static XElement Array(string itemType) => new(
        Xml.Xsd + "complexType",
        new XAttribute("name", $"ArrayOf{itemType}"),
        Sequence([new Field(itemType, new TypeName(itemType, false), Optional: true, Array: true)]));

    private static XElement Sequence(IEnumerable<Field> fields) => new(
        Xml.Xsd + "sequence",
        fields.Select(field => new XElement(
            Xml.Xsd + "element",
            new XAttribute("name", field.Name),
            new XAttribute("type", field.Type.IsXsd ? $"xsd:{field.Type.Name}" : field.Type.Name),
            field.Optional ? new XAttribute("minOccurs", "0") : null,
            field.Array ? new XAttribute("maxOccurs", "unbounded") : null)));
}
