using OpsKit.Engine.Reports;
using NeighborColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.NetworkAudit.NeighborRow>;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>The report on what is at the other end of NICs.</summary>
public static class NeighborReport
{
    /// <summary>The report's name.</summary>
    public const string Name = "audit-cdp";

    /// <summary>Makes the table of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="answers">What came of asking for the neighbour of each NIC.</param>
    /// <param name="baseline">What was there before; null for nothing to compare with.</param>
    public static ReportTable Of(HostNetwork host, IReadOnlyDictionary<string, NeighborAnswer> answers, NeighborBaseline? baseline = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(answers);
        var rows = host.Nics.Select(nic => Row(host, nic, answers, baseline)).Concat(Gone(host, baseline)).ToList();
        return Table(rows) with
        {
            Drawing = new ReportDrawing([.. rows.Where(row => row.Nic is not null).Select(Link)]),
            NotAssessed =
            [
                .. rows.Where(row => row.Answer?.Outcome == NeighborOutcome.Failed).Select(row => new NotAssessed($"{host.Host} {row.Device}", row.Answer!.Reason ?? "unknown")),
            ],
        };
    }

    /// <summary>Makes a table without rows, for what could not be assessed.</summary>
    /// <param name="missing">What could not.</param>
    public static ReportTable Missing(NotAssessed missing) => Table([]) with { NotAssessed = [missing] };

    private static NeighborRow Row(HostNetwork host, HostNic nic, IReadOnlyDictionary<string, NeighborAnswer> answers, NeighborBaseline? baseline)
    {
        var answer = answers.GetValueOrDefault(nic.Device);
        return new NeighborRow(host, nic.Device, nic, answer, answer is null ? null : baseline?.ChangeOf(host.Host, nic.Device, answer));
    }

    private static IEnumerable<NeighborRow> Gone(HostNetwork host, NeighborBaseline? baseline) =>
        (baseline?.NicsOf(host.Host) ?? []).Where(device => host.Nics.All(nic => nic.Device != device))
            .Order(NicOrder.Instance)
            .Select(device => new NeighborRow(host, device, null, null, $"NIC gone; it was on {baseline!.PlaceOf(host.Host, device)}"));

    private static DrawnLink Link(NeighborRow row) => new(row.Host.Host, row.Device)
    {
        Label = row.Nic is { LinkUp: true, SpeedMb: { } speed } ? Speed(speed) : "down",
        IsDown = row.Nic?.LinkUp != true,
        Far = row.Answer?.Neighbor?.Switch,
        FarPort = row.Answer?.Neighbor?.Port,
        Remark = row.Change,
    };

    private static string Speed(long megabits) => megabits % 1000 == 0
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{megabits / 1000} Gb")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{megabits} Mb");

    private static ReportTable Table(IEnumerable<NeighborRow> rows) => ReportTable.From(
        Name,
        rows,
        NeighborColumn.Text("VMHost", row => row.Host.Host),
        NeighborColumn.Text("Device", row => row.Device),
        NeighborColumn.Text("Switch", row => row.Answer?.Neighbor?.Switch, "CDP's device id, LLDP's system name"),
        NeighborColumn.Text("Port", row => row.Answer?.Neighbor?.Port),
        NeighborColumn.Integer("Vlan", row => row.Answer?.Neighbor?.Vlan, description: "the port's native VLAN").AsLesser(),
        NeighborColumn.Text("Status", row => row.Status, "neighbour, no neighbour, no data, not asked, or gone"),
        NeighborColumn.Text("Change", row => row.Change, "against the baseline"),
        NeighborColumn.Text("Reason", row => row.Answer?.Reason).AsLesser(),
        NeighborColumn.Text("Fix", row => row.Answer?.Fix, "the command or act that would change it").AsLesser(),
        NeighborColumn.Text("Protocol", row => row.Answer?.Neighbor?.Protocol).AsLesser(),
        NeighborColumn.Text("Platform", row => row.Answer?.Neighbor?.Platform).AsLesser(),
        NeighborColumn.Text("MgmtAddress", row => row.Answer?.Neighbor?.ManagementAddress).AsLesser(),
        NeighborColumn.Text("VirtualSwitch", row => row.Host.SwitchOf(row.Device)?.Name).AsLesser(),
        NeighborColumn.Text("Mac", row => row.Nic?.Mac).AsLesser(),
        NeighborColumn.Text("Cluster", row => row.Host.Cluster).AsLesser(),
        NeighborColumn.Text("Software", row => row.Answer?.Neighbor?.Software).AsLesser());
}

internal sealed record NeighborRow(HostNetwork Host, string Device, HostNic? Nic, NeighborAnswer? Answer, string? Change)
{
    public string Status => Nic is null ? "gone" : Answer?.Outcome switch
    {
        NeighborOutcome.Heard => "neighbour",
        NeighborOutcome.NoNeighbor => "no neighbour",
        NeighborOutcome.NoData => "no data",
        _ => "not asked",
    };
}
