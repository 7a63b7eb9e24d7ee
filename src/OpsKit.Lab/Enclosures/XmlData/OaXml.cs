using System.Globalization;
using System.Xml;
using OpsKit.Lab.Enclosures.Oa.Commands;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.XmlData;

/// <summary>What an Onboard Administrator tells without a login at <c>/xmldata?item=all</c>.</summary>
internal sealed class OaXml
{
    private readonly EnclosureSite _site;
    private readonly LabOa _here;
    private readonly XmlWriter _xml;

    private OaXml(EnclosureSite site, LabOa here, XmlWriter xml) => (_site, _here, _xml) = (site, here, xml);

    /// <summary>The document; null where the enclosure is set to tell nothing.</summary>
    public static string? Write(EnclosureSite site, LabOa here)
    {
        lock (site.Estate.Gate)
            return site.Enclosure.XmlReply ? XmlParts.Write(xml => new OaXml(site, here, xml).All()) : null;
    }

    private LabEnclosure Enclosure => _site.Enclosure;

    private string Version => Enclosure.OaFirmware.Split(' ')[0];

    private void All()
    {
        _xml.WriteStartElement("RIMP");
        _xml.Group("MP", ("ST", "1"), ("STE", "false"), ("CSP", "false"), ("PN", "BladeSystem c7000 DDR2 Onboard Administrator with KVM"), ("FWRI", Version), ("HWRI", "65.51"), ("SN", _here.Serial), ("UUID", "09" + _here.Serial));
        _xml.WriteStartElement("INFRA2");
        _xml.Facts(
            ("RACK", Enclosure.RackName), ("ENCL", Enclosure.Name), ("DIM", "mm"), ("STATUS", "OK"), ("ENCL_SN", Enclosure.Serial), ("PART", Enclosure.PartNumber), ("PN", Enclosure.Type), ("UIDSTATUS", "OFF"),
            ("DATETIME", _site.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture)), ("TIMEZONE", "GMT"), ("UUID", Enclosure.Uuid));
        _xml.Group("MANAGERS", Enclosure.Oas, Manager);
        _xml.Group("SWITCHES", Enclosure.Interconnects, Switch);
        _xml.Group("BLADES", Enumerable.Range(1, Enclosure.DeviceBays).Select(_site.BladeIn).OfType<LabHost>(), Blade);
        if (Enclosure.VcDomain.Length > 0)
            _xml.Group("VCM", ("vcmMode", "true"), ("vcmUrl", Enclosure.Interconnects.Find(module => module.IsPrimary) is { } primary ? $"https://{primary.Address}" : "empty"), ("vcmDomainId", Enclosure.Serial.ToLowerInvariant()), ("vcmDomainName", Enclosure.VcDomain));
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void Manager(LabOa oa)
    {
        _xml.WriteStartElement("MANAGER");
        Bay(oa.Bay);
        _xml.Facts(
            ("MGMTIPADDR", oa.Address.ToString()), ("NAME", oa.Name), ("ROLE", oa.Active ? "ACTIVE" : "STANDBY"), ("STATUS", "OK"), ("FWRI", Version), ("SPN", "BladeSystem c7000 DDR2 Onboard Administrator with KVM"),
            ("BSN", oa.Serial), ("MACADDR", oa.Mac), ("UIDSTATUS", "OFF"), ("WIZARDSTATUS", "WIZARD_SETUP_COMPLETE"), ("YOUAREHERE", oa == _here ? "true" : "false"));
        _xml.WriteEndElement();
    }

    private void Switch(LabInterconnect module)
    {
        var seen = SeenModule.Of(_site, module);
        var fabric = module.Ethernet ? "INTERCONNECT_TYPE_ETH" : "INTERCONNECT_TYPE_FIB";
        _xml.WriteStartElement("SWITCH");
        Bay(module.Bay);
        _xml.Facts(
            ("MGMTIPADDR", seen.Address), ("MGMTURL", seen.IsAway ? "" : $"http://{seen.Address}"), ("BSN", module.Serial), ("PN", module.PartNumber), ("FWRI", seen.Firmware ?? "[Unknown]"),
            ("FABRICTYPE", fabric), ("SPN", module.ProductName), ("MANUFACTURER", module.Manufacturer), ("STATUS", seen.Health.ToUpperInvariant()));
        _xml.Group("POWER", ("POWERSTATE", seen.Power.ToUpperInvariant()));
        _xml.Group("DIAG", ("MgmtProc", Diagnosis(seen, "Management Processor")), ("thermalWarning", "NO_ERROR"), ("thermalDanger", "NO_ERROR"), ("Failure", Diagnosis(seen, "Device Failure")), ("Degraded", Diagnosis(seen, "Device Degraded")));
        _xml.WriteStartElement("PORTMAP");
        _xml.Facts(("STATUS", "OK"));
        _xml.WriteStartElement("SLOT");
        _xml.Facts(("NUMBER", "1"), ("TYPE", fabric));
        for (var port = 1; port <= Enclosure.DeviceBays; port++)
        {
            if (_site.BladeIn(port) is { } blade)
                Port(module, port, blade);
        }

        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    /// <summary>
    /// The ports of a blade that lead to a module; 9 is the number of what is on the system board. A blade of full height has its second adapter at the ports of the bay
    /// it covers below.
    /// </summary>
    private void Port(LabInterconnect module, int port, LabHost blade)
    {
        foreach (var nic in FlexNic.Of(blade).Where(nic => nic.Function == 0 && nic.InterconnectBay == module.Bay))
        {
            _xml.Group(
                "PORT", ("NUMBER", $"{port + (nic.Adapter - 1) * Enclosure.DeviceBays / 2}"), ("BLADEBAYNUMBER", $"{port}"), ("BLADEMEZZNUMBER", "9"), ("BLADEMEZZPORTNUMBER", $"{NumberOf(nic)}"),
                ("STATUS", "OK"));
        }
    }

    /// <summary>The ports of all adapters of the system board are numbered through.</summary>
    private static int NumberOf(FlexNic nic) => (nic.Adapter - 1) * 2 + nic.Port;

    private void Blade(LabHost blade)
    {
        var reachable = blade.IloAddress is { } ilo && _site.Network.IsReachable(ilo);
        _xml.WriteStartElement("BLADE");
        Bay(blade.Bay);
        _xml.Facts(
            ("NAME", blade.Name), ("STATUS", "OK"), ("UIDSTATUS", "OFF"), ("BSN", blade.Serial), ("UUID", blade.Uuid.ToUpperInvariant()), ("SPN", blade.Model), ("MANUFACTURER", blade.Vendor),
            ("BLADEROMVER", ServerInfo.RomVersion(blade)), ("MGMTIPADDR", reachable ? blade.IloAddress!.ToString() : SeenModule.NoAddress), ("MGMTDNSNAME", ServerInfo.IloName(blade)),
            ("MGMTPN", ServerInfo.IloType(blade)), ("MGMTFWVERSION", ServerInfo.IloFirmware(blade)));
        _xml.Group("POWER", ("POWERSTATE", blade.PoweredOn ? "ON" : "OFF"));
        _xml.WriteStartElement("PORTMAP");
        foreach (var nic in FlexNic.Of(blade).Where(nic => nic.Function == 0))
        {
            _xml.WriteStartElement("MEZZ");
            _xml.Facts(("NUMBER", "9"));
            _xml.WriteStartElement("DEVICE");
            _xml.Facts(("NAME", nic.Nic.Description), ("TYPE", "MEZZ_DEV_TYPE_ETH"), ("STATUS", "OK"));
            _xml.Group("PORT", ("NUMBER", $"{NumberOf(nic)}"), ("WWPN", nic.Nic.Mac.ToUpperInvariant()), ("TYPE", "INTERCONNECT_TYPE_ETH"), ("STATUS", "OK"));
            _xml.WriteEndElement();
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void Bay(int bay) => _xml.Group("BAY", ("CONNECTION", bay.ToString(CultureInfo.InvariantCulture)));

    private static string Diagnosis(SeenModule seen, string part) => seen.Diagnosis(part) == "OK" ? "NO_ERROR" : "ERROR";
}
