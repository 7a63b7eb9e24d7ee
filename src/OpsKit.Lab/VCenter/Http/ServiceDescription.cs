using System.Globalization;
using System.Xml.Linq;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Http;

/// <summary>The WSDL of what the lab's vCenter does, for clients that are made from one.</summary>
internal static class ServiceDescription
{
    private static readonly XNamespace Wsdl = "http://schemas.xmlsoap.org/wsdl/";
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/wsdl/soap/";

    public static string Of(LabVCenter vcenter, int port)
    {
        var schema = SchemaVersion.Of(vcenter.ApiVersion);
        var names = VimTypes.Requests(ManagedObjectReference.ServiceInstance).Select(request => request.Operation).Where(schema.HasOperation).Order(StringComparer.Ordinal).ToList();
        var document = new XElement(
            Wsdl + "definitions",
            new XAttribute("name", "vim25"),
            new XAttribute("targetNamespace", VimWriter.VimNamespace),
            new XAttribute(XNamespace.Xmlns + "wsdl", Wsdl),
            new XAttribute(XNamespace.Xmlns + "soap", Soap),
            new XAttribute(XNamespace.Xmlns + "vim25", VimWriter.VimNamespace),
            new XElement(Wsdl + "types", VersionedXsd.Document(schema)),
            names.SelectMany(name => (XElement[])[Message(name, "RequestMsg", name), Message(name, "ResponseMsg", name + "Response")]),
            new XElement(Wsdl + "portType", new XAttribute("name", "VimPortType"), names.Select(Operation)),
            new XElement(
                Wsdl + "binding",
                new XAttribute("name", "VimBinding"),
                new XAttribute("type", "vim25:VimPortType"),
                new XElement(Soap + "binding", new XAttribute("style", "document"), new XAttribute("transport", "http://schemas.xmlsoap.org/soap/http")),
                names.Select(name => Bound(name, schema))),
            new XElement(
                Wsdl + "service",
                new XAttribute("name", "VimService"),
                new XElement(
                    Wsdl + "port",
                    new XAttribute("name", "VimPort"),
                    new XAttribute("binding", "vim25:VimBinding"),
                    new XElement(Soap + "address", new XAttribute("location", string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{port}/sdk"))))));
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{document}\n";
    }

    private static XElement Message(string operation, string suffix, string element) => new(
        Wsdl + "message",
        new XAttribute("name", operation + suffix),
        new XElement(Wsdl + "part", new XAttribute("name", "parameters"), new XAttribute("element", $"vim25:{element}")));

    private static XElement Operation(string name) => new(
        Wsdl + "operation",
        new XAttribute("name", name),
        new XElement(Wsdl + "input", new XAttribute("message", $"vim25:{name}RequestMsg")),
        new XElement(Wsdl + "output", new XAttribute("message", $"vim25:{name}ResponseMsg")));

    private static XElement Bound(string name, SchemaVersion schema) => new(
        Wsdl + "operation",
        new XAttribute("name", name),
        new XElement(Soap + "operation", new XAttribute("soapAction", $"{VimWriter.VimNamespace}/{schema.Version}"), new XAttribute("style", "document")),
        new XElement(Wsdl + "input", new XElement(Soap + "body", new XAttribute("use", "literal"))),
        new XElement(Wsdl + "output", new XElement(Soap + "body", new XAttribute("use", "literal"))));
}
