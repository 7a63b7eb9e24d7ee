using System.Globalization;
using System.Xml;
using OpsKit.Lab.Enclosures.Oa.Commands;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.XmlData;

/// <summary>What an iLO tells without a login at <c>/xmldata?item=all</c>.</summary>
internal static class IloXml
{
    public static string Write(EnclosureSite site, LabHost blade)
    {
        lock (site.Estate.Gate)
            return XmlParts.Write(xml => All(site, blade, xml));
    }

    private static void All(EnclosureSite site, LabHost blade, XmlWriter xml)
    {
        var generation = ServerInfo.IloType(blade)[^1];
        var active = site.Enclosure.Oas.Find(oa => oa.Active) ?? site.Enclosure.Oas[0];
        xml.WriteStartElement("RIMP");
        xml.WriteStartElement("HSI");
        xml.Facts(("SBSN", blade.Serial), ("SPN", blade.Model), ("UUID", blade.Serial), ("SP", "1"), ("cUUID", blade.Uuid.ToUpperInvariant()));
        xml.WriteStartElement("VIRTUAL");
        xml.Facts(("STATE", blade.LacksProfile ? "Inactive" : "Active"));
        xml.WriteEndElement();
        xml.Group("NICS", FlexNic.Of(blade).Where(nic => nic.Function == 0).Index(), nic =>
            xml.Group("NIC", ("PORT", (nic.Index + 1).ToString(CultureInfo.InvariantCulture)), ("DESCRIPTION", nic.Item.Name), ("MACADDR", nic.Item.Nic.Mac), ("STATUS", nic.Item.Nic.LinkUp ? "OK" : "Unknown")));
        xml.WriteEndElement();
        xml.Group(
            "MP", ("ST", "1"), ("STE", "0"), ("PN", $"Integrated Lights-Out {generation} (iLO {generation})"), ("FWRI", ServerInfo.IloFirmware(blade).Split(' ')[0]),
            ("HWRI", "ASIC: 12"), ("SN", "ILO" + blade.Serial), ("UUID", "ILO" + blade.Serial), ("IPM", "1"), ("SSO", "0"), ("PWRM", "3.3"));
        xml.WriteStartElement("BLADESYSTEM");
        xml.Facts(("BAY", blade.Bay.ToString(CultureInfo.InvariantCulture)));
        xml.Group("MANAGER", ("TYPE", "Onboard Administrator"), ("MGMTIPADDR", active.Address.ToString()), ("RACK", site.Enclosure.RackName), ("ENCL", site.Enclosure.Name), ("ST", "2"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
