using System.Globalization;
using OpsKit.Lab.Enclosures.Oa.Commands;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.VirtualConnect;

/// <summary>What Virtual Connect Manager shows; under the estate's gate.</summary>
internal static class VcQueries
{
    /// <summary>What can be shown, and how: given the domain and the name or id asked for, <c>*</c> for all.</summary>
    public static IReadOnlyDictionary<string, Func<VcDomain, string, string>> All { get; } = new Dictionary<string, Func<VcDomain, string, string>>(StringComparer.OrdinalIgnoreCase)
    {
        ["domain"] = (domain, _) => Domain(domain),
        ["enclosure"] = (domain, _) => Enclosure(domain),
        ["firmware"] = (domain, _) => Firmware(domain),
        ["interconnect"] = Interconnect,
        ["network"] = Network,
        ["profile"] = Profile,
        ["server"] = (domain, _) => Server(domain),
        ["stackinglink"] = (domain, _) => StackingLink(domain),
        ["status"] = (domain, _) => Status(domain),
        ["uplinkset"] = UplinkSet,
        ["version"] = (domain, _) => VcShell.Banner(domain.Enclosure),
    };

    private static string Domain(VcDomain domain) => VcTable.Facts(
    [
        ("Domain Name", domain.Enclosure.VcDomain), ("Checkpoint Status", "Valid"), ("Domain IP Address Status", "Disabled"), ("IP Address", "-- --"), ("Subnet Mask", "-- --"),
        ("Gateway", "-- --"), ("MAC Address Type", "VC-Defined"), ("MAC Address Pool", "1"), ("MAC Address Start", "00-17-A4-77-00-00"), ("MAC Address End", "00-17-A4-77-03-FF"),
    ]);

    private static string Enclosure(VcDomain domain) => VcTable.Draw(
        ["ID", "Name", "Import Status", "Serial Number", "Part Number", "Asset Tag"],
        [[VcDomain.EnclosureId, domain.Enclosure.Name, "Imported", domain.Enclosure.Serial, domain.Enclosure.PartNumber, ""]]);

    private static string Firmware(VcDomain domain) => VcTable.Draw(
        ["ID", "Enclosure", "Bay", "Type", "Firmware Version", "Status"],
        domain.Modules.Select(module => new[] { VcDomain.IdOf(module), domain.Enclosure.Name, $"{module.Bay}", module.ProductName, domain.IsAway(module) ? "-- --" : module.Firmware, domain.StatusOf(module) }));

    private static string Interconnect(VcDomain domain, string id)
    {
        if (id == "*")
        {
            return VcTable.Draw(
                ["ID", "Enclosure", "Bay", "Type", "Product Name", "Role", "Status"],
                domain.Modules.Select(module => new[]
                {
                    VcDomain.IdOf(module), domain.Enclosure.Name, $"{module.Bay}", module.Ethernet ? "VC-ENET" : "VC-FC", module.ProductName, VcDomain.RoleOf(module), domain.StatusOf(module),
                }));
        }

        if (domain.Modules.FirstOrDefault(module => VcDomain.IdOf(module) == id || $"{module.Bay}" == id) is not { } one)
            return NotFound("Interconnect", id);
        return VcTable.Facts(
        [
            ("ID", VcDomain.IdOf(one)), ("Enclosure", domain.Enclosure.Name), ("Bay", $"{one.Bay}"), ("Type", one.Ethernet ? "VC-ENET" : "VC-FC"), ("Product Name", one.ProductName),
            ("Role", VcDomain.RoleOf(one)), ("Status", domain.StatusOf(one)), ("Comm Status", domain.IsAway(one) ? "No Comm" : "OK"), ("OA Reported Status", "OK"), ("Power State", one.PoweredOn ? "On" : "Off"),
            ("MAC Address", "-- --"), ("Node WWN", "-- --"), ("Firmware Version", domain.IsAway(one) ? "-- --" : one.Firmware), ("Manufacturer", one.Manufacturer), ("Part Number", one.PartNumber),
            ("Spare Part Number", one.SparePartNumber), ("Rack Name", domain.Enclosure.RackName), ("Serial Number", one.Serial), ("UID", "Off"), ("IP Address", one.Address.ToString()),
        ]);
    }

    private static string Network(VcDomain domain, string name)
    {
        var networks = domain.Networks.Where(network => name == "*" || network.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return networks.Count == 0 && name != "*" ? NotFound("Network", name) : VcTable.Draw(
            ["Name", "Status", "Smart Link", "State", "Connection Mode", "Shared Uplink Set", "VLAN ID"],
            networks.Select(network => new[] { network.Name, network.Status, "Enabled", "Enabled", "Auto", network.UplinkSet, network.Vlan == 0 ? "1" : network.Vlan.ToString(CultureInfo.InvariantCulture) }));
    }

    private static string UplinkSet(VcDomain domain, string name)
    {
        var sets = domain.UplinkSets.Where(set => name == "*" || set.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return sets.Count == 0 && name != "*" ? NotFound("Uplink set", name) : VcTable.Draw(
            ["Name", "Status", "Connection Mode", "Port Name", "Port Speed", "Link"],
            sets.SelectMany(set => set.Ports.Select((port, index) => new[]
            {
                index == 0 ? set.Name : "", index == 0 ? set.Status : "", index == 0 ? "Auto" : "", port, "Auto", set.Status == "OK" ? "Linked-Active (10) (1)" : "Not Linked",
            })));
    }

    private static string Profile(VcDomain domain, string name)
    {
        if (name == "*")
        {
            return VcTable.Draw(
                ["Name", "Ethernet Connections", "Server", "Status"],
                domain.Blades.Select(blade => new[] { VcDomain.ProfileOf(blade), $"{Connected(blade).Count}", $"{VcDomain.EnclosureId}:{blade.Bay}", blade.LacksProfile ? "Degraded" : "OK" }));
        }

        if (domain.Blades.FirstOrDefault(blade => VcDomain.ProfileOf(blade).Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } one)
            return NotFound("Profile", name);
        var facts = VcTable.Facts([("Name", VcDomain.ProfileOf(one)), ("Device Bay", $"{VcDomain.EnclosureId}:{one.Bay}"), ("Server", one.Model), ("Status", one.LacksProfile ? "Degraded" : "OK"), ("Serial Number", one.Serial)]);
        return facts + "\nEthernet Network Connections\n" + VcTable.Draw(
            ["Port", "Bay", "PXE", "MAC Address", "Allocated Speed"],
            Connected(one).Select(nic => new[] { nic.Name, $"{nic.InterconnectBay}", "UseBIOS", nic.Nic.ProfileMac.Replace(':', '-').ToUpperInvariant(), $"{nic.Nic.SpeedMb / 1000.0:0.#}Gb" }));
    }

    private static string Server(VcDomain domain) => VcTable.Draw(
        ["Server ID", "Enclosure", "Bay", "Description", "Serial Number", "Status", "Power", "Server Profile"],
        domain.Blades.Select(blade => new[]
        {
            $"{VcDomain.EnclosureId}:{blade.Bay}", domain.Enclosure.Name, $"{blade.Bay}", $"{blade.Vendor} {blade.Model}", blade.Serial, "OK", blade.PoweredOn ? "On" : "Off", VcDomain.ProfileOf(blade),
        }));

    private static string StackingLink(VcDomain domain)
    {
        var up = domain.Modules.All(module => !domain.IsAway(module));
        return VcTable.Facts([("Connection Status", up ? "OK" : "Failed"), ("Redundancy Status", up ? "OK" : "Failed")]) + "\n" + VcTable.Draw(
            ["Link", "Speed", "Connected From", "Connected To"],
            up ? [["1", "10Gb", "enc0:1:X7", "enc0:2:X7"], ["2", "10Gb", "enc0:1:X8", "enc0:2:X8"]] : []);
    }

    private static string Status(VcDomain domain) => VcTable.Facts(
    [
        ("Overall Domain Status", domain.Status),
        ("Ethernet Modules", domain.Status),
        ("Networks", domain.Networks.All(network => network.Status == "OK") ? "OK" : "Degraded"),
        ("Profiles", domain.Blades.Any(blade => blade.LacksProfile) ? "Degraded" : "OK"),
        ("Servers", "OK"),
    ]);

    private static List<FlexNic> Connected(LabHost blade) => [.. FlexNic.Of(blade).Where(nic => nic.Nic.SpeedMb > 0)];

    private static string NotFound(string what, string name) => $"ERROR: {what} not found : {name}\n";
}
