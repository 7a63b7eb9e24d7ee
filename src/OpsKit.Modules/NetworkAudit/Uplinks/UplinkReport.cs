using System.Globalization;
using OpsKit.Engine.Reports;
using UplinkColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.NetworkAudit.UplinkRow>;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>The report on the NICs that virtual machines use.</summary>
public static class UplinkReport
{
    /// <summary>The report's name.</summary>
    public const string Name = "audit-vm-uplinks";

    /// <summary>Makes the table of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="uplinks">Its machines' adapters.</param>
    /// <param name="impact">What is asked to fail: rows are those that it touches. Where nothing is, all.</param>
    /// <param name="portGroups">Names of distributed port groups by their keys, which hosts tell instead.</param>
    public static ReportTable Of(HostNetwork host, IReadOnlyList<MachineUplink> uplinks, UplinkImpact impact, IReadOnlyDictionary<string, string> portGroups)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(uplinks);
        ArgumentNullException.ThrowIfNull(impact);
        ArgumentNullException.ThrowIfNull(portGroups);
        var rows = uplinks.Select(uplink => new UplinkRow(host, uplink, host.Nics.FirstOrDefault(nic => nic.Device == uplink.Uplink), impact.Of(host, uplink), portGroups))
            .Where(row => !impact.IsAsked || row.Impact is not null)
            .OrderBy(row => row.Uplink.Machine, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Uplink.PortId)
            .ToList();
        var unknownBay = impact.Bay is not null && host.Nics.All(nic => nic.InterconnectBay is null);
        return Table(rows) with
        {
            NotAssessed = unknownBay && uplinks.Count > 0 ? [new NotAssessed($"{host.Host} (bays)", "no enclosure of the inventory tells to which bay its NICs lead")] : [],
        };
    }

    /// <summary>Makes a table without rows, for what could not be assessed.</summary>
    /// <param name="missing">What could not.</param>
    public static ReportTable Missing(NotAssessed missing) => Table([]) with { NotAssessed = [missing] };

    private static ReportTable Table(IEnumerable<UplinkRow> rows) => ReportTable.From(
        Name,
        rows,
        UplinkColumn.Text("VM", row => row.Uplink.Machine),
        UplinkColumn.Text("VMHost", row => row.Host.Host),
        UplinkColumn.Text("TeamUplink", row => row.Uplink.Uplink, "the NIC its traffic leaves by; all(n) where it is spread, void where there is none"),
        UplinkColumn.Text("Link", row => row.Nic is null ? null : row.Nic.LinkUp ? "up" : "down").AsLesser(),
        UplinkColumn.Text("InterconnectBay", row => row.Nic?.InterconnectBay?.ToString(CultureInfo.InvariantCulture)).AsLesser(),
        UplinkColumn.Text("VirtualSwitch", row => row.Host.SwitchNamed(row.Uplink.Switch)?.Name ?? row.Uplink.Switch).AsLesser(),
        UplinkColumn.Text("PortGroup", row => row.PortGroup, "empty before 5.1, where esxtop is all that tells").AsLesser(),
        UplinkColumn.Text("MacAddress", row => row.Uplink.Mac).AsLesser(),
        UplinkColumn.Text("Impact", row => row.Impact, "what becomes of it if the NIC or bay asked for fails"),
        UplinkColumn.Text("Findings", row => row.Finding),
        UplinkColumn.Integer("PortId", row => row.Uplink.PortId).AsLesser());
}

internal sealed record UplinkRow(HostNetwork Host, MachineUplink Uplink, HostNic? Nic, string? Impact, IReadOnlyDictionary<string, string> PortGroups)
{
    public string? PortGroup => Uplink.PortGroup is { } group ? PortGroups.GetValueOrDefault(group, group) : null;

    public string? Finding => Uplink.HasNone ? "no uplink" : Nic is { LinkUp: false } ? "its uplink is down" : Usable == 1 && !Uplink.IsSpread ? "nothing to fail over to" : null;

    private int Usable => Host.SwitchNamed(Uplink.Switch) is { } one
        ? one.Active.Concat(one.Standby).Count(device => Host.Nics.Any(nic => nic.Device == device && nic.LinkUp))
        : 0;
}
