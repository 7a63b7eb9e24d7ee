using OpsKit.Engine.Reports;
using NicColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.NetworkAudit.NicRow>;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>The report on NICs. Names of columns are PowerCLI's where it has one (<c>Get-VMHostNetworkAdapter</c>: <c>BitRatePerSec</c>, <c>FullDuplex</c>, <c>Mac</c>).</summary>
public static class NicReport
{
    /// <summary>The report's name.</summary>
    public const string Name = "audit-nics";

    /// <summary>Makes the table of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="neighbors">Neighbours of its NICs, as far as they are known.</param>
    public static ReportTable Of(HostNetwork host, IReadOnlyDictionary<string, Neighbor> neighbors)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(neighbors);
        var unused = host.Nics.Count(nic => !nic.LinkUp && host.SwitchOf(nic.Device) is null && NicFindings.IsFlexNic(host, nic));
        return Table(host.Nics.Select(nic => new NicRow(host, nic, host.SwitchOf(nic.Device), neighbors.GetValueOrDefault(nic.Device), NicFindings.Of(host, nic, neighbors)))) with
        {
            Notes = unused == 0 ? [] : ["FlexNICs that are unused and without a link can be hidden from the VMkernel: opskit audit flexnics."],
        };
    }

    /// <summary>Makes a table without rows, for what could not be assessed.</summary>
    /// <param name="missing">What could not.</param>
    public static ReportTable Missing(NotAssessed missing) => Table([]) with { NotAssessed = [missing] };

    private static ReportTable Table(IEnumerable<NicRow> rows) => ReportTable.From(
        Name,
        rows,
        NicColumn.Text("VMHost", row => row.Host.Host),
        NicColumn.Text("Device", row => row.Nic.Device),
        NicColumn.Text("Link", row => row.Nic.LinkUp ? "up" : "down"),
        NicColumn.Integer("BitRatePerSec", row => row.Nic.SpeedMb, "Mbit/s", "empty where the link is down").AsLesser(),
        NicColumn.Boolean("FullDuplex", row => row.Nic.FullDuplex).AsLesser(),
        NicColumn.Integer("ConfiguredBitRatePerSec", row => row.Nic.ConfiguredSpeedMb, "Mbit/s", "empty for automatic").AsLesser(),
        NicColumn.Text("VirtualSwitch", row => row.Switch?.Name, "a standard or distributed switch; empty where the NIC is unused"),
        NicColumn.Text("Role", row => row.Role, "active, standby or unused in a standard switch's teaming; uplink of a distributed one; unused"),
        NicColumn.Text("Findings", row => row.Findings.Count == 0 ? null : string.Join("; ", row.Findings)),
        NicColumn.Text("Switch", row => row.Neighbor?.Switch, "the neighbour's name, by CDP or LLDP").AsLesser(),
        NicColumn.Text("Port", row => row.Neighbor?.Port).AsLesser(),
        NicColumn.Text("InterconnectBay", row => row.Bay, "of a blade: the bay of the Virtual Connect module it leads to, as the enclosure says").AsLesser(),
        NicColumn.Text("BladePort", row => row.Nic.BladePort).AsLesser(),
        NicColumn.Integer("Mtu", row => row.Switch?.Mtu, "bytes").AsLesser(),
        NicColumn.Text("Mac", row => row.Nic.Mac).AsLesser(),
        NicColumn.Text("Pci", row => row.Nic.Pci).AsLesser(),
        NicColumn.Text("Driver", row => row.Nic.Driver).AsLesser(),
        NicColumn.Text("DriverVersion", row => row.Nic.DriverVersion, "empty where neither vCenter (before 8.0.0.1) nor a shell in the inventory tells it").AsLesser(),
        NicColumn.Text("FirmwareVersion", row => row.Nic.FirmwareVersion).AsLesser(),
        NicColumn.Text("Description", row => row.Nic.Description).AsLesser(),
        NicColumn.Text("Cluster", row => row.Host.Cluster).AsLesser(),
        NicColumn.Text("Enclosure", row => row.Host.Enclosure).AsLesser(),
        NicColumn.Text("Version", row => row.Host.Version, "the host's version").AsLesser());
}

internal sealed record NicRow(HostNetwork Host, HostNic Nic, HostSwitch? Switch, Neighbor? Neighbor, IReadOnlyList<string> Findings)
{
    public string Role => Switch is { } one ? one.RoleOf(Nic.Device) : NicFindings.IsFlexNic(Host, Nic) && !Nic.LinkUp ? "unused FlexNIC" : "unused";

    public string? Bay => Nic.InterconnectBay?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
