using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect.Texts;

/// <summary>Reads <c>xmldata?item=all</c>.</summary>
internal static class XmlDataText
{
    private const string Command = "GET /xmldata?item=all";

    /// <summary>The number under which the document lists the adapters of the system board.</summary>
    private const int SystemBoard = 9;

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 32 * 1024 * 1024 };

    /// <summary>The parts of the document.</summary>
    /// <exception cref="Connections.OpsKitException">It is no such document, or is cut short.</exception>
    public static XmlData Read(ReadOnlyMemory<byte> document)
    {
        var root = Root(document);
        if (root.Name.LocalName != "RIMP" || root.Element("INFRA2") is not { } enclosure)
            throw DeviceText.Unreadable(Command, $"it is no document of an enclosure, but begins with {root.Name.LocalName}");
        var modules = Named(enclosure, "SWITCHES", "SWITCH");
        var blades = Named(enclosure, "BLADES", "BLADE").ToDictionary(Bay, Macs);
        return new XmlData
        {
            Administrators = [.. Named(enclosure, "MANAGERS", "MANAGER").Select(manager => new XmlAdministrator(Bay(manager), Said(manager, "ROLE"), Said(manager, "FWRI")))],
            Modules = [.. modules.Select(module => new XmlModule(Bay(module), Said(module, "FWRI"), Said(module, "MGMTIPADDR")))],
            Ports = [.. modules.SelectMany(module => Ports(module, blades))],
        };
    }

    private static XElement Root(ReadOnlyMemory<byte> document)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(document.ToArray(), writable: false), Settings);
            return XDocument.Load(reader).Root!;
        }
        catch (XmlException broken)
        {
            throw DeviceText.Unreadable(Command, broken.Message.TrimEnd('.'));
        }
    }

    private static List<XElement> Named(XElement enclosure, string list, string name)
    {
        var elements = enclosure.Element(list)?.Elements(name).ToList() ?? [];
        return elements.Select(Bay).Distinct().Count() == elements.Count ? elements : throw DeviceText.Unreadable(Command, $"two of {list} are in the same bay");
    }

    private static IEnumerable<PortLink> Ports(XElement module, Dictionary<int, Dictionary<(int Mezzanine, int Port), string>> blades)
    {
        foreach (var port in module.Element("PORTMAP")?.Elements("SLOT").Elements("PORT") ?? [])
        {
            if (Number(port.Element("BLADEBAYNUMBER")) is { } blade && Number(port.Element("BLADEMEZZNUMBER")) is { } mezzanine && Number(port.Element("BLADEMEZZPORTNUMBER")) is { } number)
                yield return new PortLink(Bay(module), blade, $"{(mezzanine == SystemBoard ? "LOM" : $"MEZZ{mezzanine}")}:{number}", blades.GetValueOrDefault(blade)?.GetValueOrDefault((mezzanine, number)));
        }
    }

    private static Dictionary<(int Mezzanine, int Port), string> Macs(XElement blade)
    {
        var macs = new Dictionary<(int, int), string>();
        foreach (var mezzanine in blade.Element("PORTMAP")?.Elements("MEZZ") ?? [])
        {
            foreach (var port in mezzanine.Elements("DEVICE").Elements("PORT"))
            {
                if (Number(mezzanine.Element("NUMBER")) is { } slot && Number(port.Element("NUMBER")) is { } number && DeviceText.MacOf(port.Element("WWPN")?.Value.Trim() ?? "") is { } mac
                    && !macs.TryAdd((slot, number), mac))
                {
                    throw DeviceText.Unreadable(Command, $"port {number} of mezzanine {slot} comes twice in the blade in bay {Bay(blade)}");
                }
            }
        }

        return macs;
    }

    private static int Bay(XElement of) => Number(of.Element("BAY")?.Element("CONNECTION")) ?? throw DeviceText.Unreadable(Command, $"a {of.Name.LocalName} has no bay");

    private static string? Said(XElement of, string name) => DeviceText.Said(of.Element(name)?.Value);

    private static int? Number(XElement? element) =>
        int.TryParse(element?.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1000 ? number : null;
}
