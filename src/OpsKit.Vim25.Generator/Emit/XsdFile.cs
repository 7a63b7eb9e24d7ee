using System.Xml.Linq;
using OpsKit.Vim25.Generator.Wsdl;

namespace OpsKit.Vim25.Generator.Emit;

/// <summary>The selection as an XML Schema, against which every request can be validated.</summary>
internal sealed class XsdFile(Selection selection, string origin)
{
    private static readonly XNamespace Target = "urn:vim25";

    /// <summary>Lists of XML Schema's own types, by the name of their item's element.</summary>
    private static readonly string[] Scalars =
        ["anyType", "base64Binary", "boolean", "byte", "dateTime", "double", "float", "int", "long", "short", "string"];

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
            Scalars.Select(name => Array(char.ToUpperInvariant(name[0]) + name[1..], name, new TypeName(name, IsXsd: true))),
            selection.ArrayItemTypes().Append(BuiltIn.Reference).Select(name => Array(name, name, new TypeName(name, IsXsd: false))),
            selection.Operations.SelectMany(Elements));
        return new GeneratedFile("vim25.xsd", $"<!-- {origin} -->\n{schema.ToString().ReplaceLineEndings("\n")}\n");
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

    private static XElement Array(string name, string element, TypeName item) => new(
        Xml.Xsd + "complexType",
        new XAttribute("name", $"ArrayOf{name}"),
        Sequence([new Field(element, item, Optional: true, Array: true)]));

    private static IEnumerable<XElement> Elements(SelectedOperation selected)
    {
        yield return Element(selected.Operation.Name, selected.Operation.Parameters);
        yield return Element(selected.Operation.Name + "Response", selected.Operation.Returns is { } returns ? [returns] : []);
    }

    private static XElement Element(string name, IReadOnlyList<Field> content) =>
        new(Xml.Xsd + "element", new XAttribute("name", name), new XElement(Xml.Xsd + "complexType", Sequence(content)));

    private static XElement Sequence(IEnumerable<Field> fields) => new(
        Xml.Xsd + "sequence",
        fields.Select(field => new XElement(
            Xml.Xsd + "element",
            new XAttribute("name", field.Name),
            new XAttribute("type", field.Type.IsXsd ? $"xsd:{field.Type.Name}" : field.Type.Name),
            field.Optional ? new XAttribute("minOccurs", "0") : null,
            field.Array ? new XAttribute("maxOccurs", "unbounded") : null)));
}
