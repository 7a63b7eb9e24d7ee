using OpsKit.Engine.Reports;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;

namespace OpsKit.Modules.VirtualConnect.Reports;

/// <summary>The tables of <c>vc.status</c>: modules, Onboard Administrators, whether each host is redundant, and which NIC leads to which bay.</summary>
public static class StatusReport
{
    /// <summary>Makes the tables of one enclosure.</summary>
    public static IReadOnlyList<ReportTable> Of(EnclosureState enclosure, EnclosureHosts hosts)
    {
        ArgumentNullException.ThrowIfNull(enclosure);
        ArgumentNullException.ThrowIfNull(hosts);
        return [Modules(enclosure, hosts), Administrators(enclosure), Hosts(enclosure, hosts), Nics(enclosure, hosts)];
    }

    private static ReportTable Administrators(EnclosureState enclosure) => ReportTable.From(
        "vc-administrators",
        enclosure.Administrators,
        Column<OaState>.Text("Enclosure", _ => enclosure.Name),
        Column<OaState>.Integer("Bay", oa => oa.Bay),
        Column<OaState>.Text("Name", oa => oa.Name),
        Column<OaState>.Text("Role", oa => oa.Role),
        Column<OaState>.Text("Status", oa => oa.Status),
        Column<OaState>.Text("Firmware", oa => oa.Firmware),
        Column<OaState>.Text("FirmwareMatch", oa => oa.FirmwareMismatch, "the pair's own check for equal firmware; OK where it is equal"));

    private static ReportTable Modules(EnclosureState enclosure, EnclosureHosts hosts)
    {
        var mode = enclosure.VirtualConnect;
        return ReportTable.From(
            "vc-modules",
            enclosure.Modules,
            Column<ModuleState>.Text("Enclosure", _ => enclosure.Name),
            Column<ModuleState>.Integer("Bay", module => module.Bay),
            Column<ModuleState>.Text("Product", module => module.Product),
            Column<ModuleState>.Text("Role", module => RoleOf(mode, module), "Primary runs Virtual Connect Manager"),
            Column<ModuleState>.Text("Firmware", module => module.Firmware ?? "unknown", "what runs; what is written and not activated does not show"),
            Column<ModuleState>.Text("Health", module => module.Health),
            Column<ModuleState>.Text("Power", module => module.Power),
            Column<ModuleState>.Text("IPAddress", module => module.Address),
            Column<ModuleState>.Text("Domain", _ => mode.Enabled ? mode.Domain : null),
            Column<ModuleState>.Integer("Hosts", module => hosts.Hosts.Count(host => host.Nics.Any(nic => nic.Module == module.Bay)), description: "hosts with a NIC that leads to it"),
            Column<ModuleState>.Text("Faults", module => string.Join("; ", module.Faults))) with
        {
            Notes = [.. Notes(enclosure)],
        };
    }

    private static ReportTable Nics(EnclosureState enclosure, EnclosureHosts hosts) => ReportTable.From(
        "vc-nics",
        hosts.Hosts.SelectMany(host => host.Nics.Where(nic => nic.IsUp || IsUplink(host, nic)).Select(nic => new NicRow(host, nic))),
        Column<NicRow>.Text("Enclosure", _ => enclosure.Name),
        Column<NicRow>.Integer("BladeBay", row => row.Host.Blade),
        Column<NicRow>.Text("VMHost", row => row.Host.Name),
        Column<NicRow>.Text("Nic", row => row.Nic.Device),
        Column<NicRow>.Text("Mac", row => row.Nic.Mac),
        Column<NicRow>.Integer("ModuleBay", row => row.Nic.Module, description: "the interconnect bay it leads to; empty where nothing tells"),
        Column<NicRow>.Integer("LinkSpeed", row => row.Nic.SpeedMb, "Mb/s", "empty where the link is down"),
        Column<NicRow>.Text("Neighbour", row => row.Nic.Neighbour, "what CDP or LLDP hears; empty where either end is silent"));

    private static ReportTable Hosts(EnclosureState enclosure, EnclosureHosts hosts) => ReportTable.From(
        "vc-redundancy",
        hosts.Hosts.Select(host => new HostRow(host, HostRedundancy.Of(host))),
        Column<HostRow>.Text("Enclosure", _ => enclosure.Name),
        Column<HostRow>.Integer("BladeBay", row => row.Host.Blade),
        Column<HostRow>.Text("VMHost", row => row.Host.Name),
        Column<HostRow>.Text("Connection", row => row.Host.ConnectionState),
        Column<HostRow>.Boolean("Redundant", row => row.Redundancy.IsRedundant, "whether everything it carries has up uplinks on two bays"),
        Column<HostRow>.Text("Problems", row => string.Join("; ", row.Redundancy.Problems))) with
    {
        NotAssessed = [.. hosts.NotAssessed.Select(gap => new NotAssessed(gap.Name, gap.Reason))],
    };

    /// <summary>FlexNICs that no profile gives bandwidth show as NICs without a link, ten a host: only those that carry something are of interest.</summary>
    private static bool IsUplink(EnclosureHost host, HostNic nic) => host.Paths.Any(path => path.Active.Concat(path.Standby).Contains(nic.Device));

    private static string RoleOf(VirtualConnectMode mode, ModuleState module) =>
        module.IsPrimary ? "Primary" : module.IsVirtualConnect && mode.Enabled ? module.IsEthernet ? "Backup" : "Member" : "-";

    private static IEnumerable<string> Notes(EnclosureState enclosure)
    {
        foreach (var note in enclosure.Notes)
            yield return $"{enclosure.Name}: {note}";
        foreach (var contradiction in enclosure.Contradictions)
            yield return $"{enclosure.Name}: {contradiction}";
        if (!enclosure.VirtualConnect.Enabled)
            yield return $"{enclosure.Name}: Virtual Connect mode is disabled.";
        else if (enclosure.Primary is null)
            yield return $"{enclosure.Name}: Virtual Connect Manager runs on none of its modules ({enclosure.VirtualConnect.Manager ?? "it does not say where"}).";
    }

    private sealed record NicRow(EnclosureHost Host, HostNic Nic);

    private sealed record HostRow(EnclosureHost Host, HostRedundancy Redundancy);
}
