using OpsKit.Engine.Reports;
using FlexColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.NetworkAudit.FlexNicRow>;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>The report on unused FlexNICs.</summary>
public static class FlexNicReport
{
    /// <summary>The report's name.</summary>
    public const string Name = "audit-flexnics";

    /// <summary>Makes the table of a host: every NIC that is not in use, and those that are hidden.</summary>
    /// <param name="state">The host.</param>
    /// <param name="anyUnused">Whether unused NICs count that are no FlexNICs as far as is known.</param>
    public static ReportTable Of(FlexNicState state, bool anyUnused = false)
    {
        ArgumentNullException.ThrowIfNull(state);
        var judged = FlexNicJudge.Of(state, anyUnused).Where(nic => nic.Standing != FlexNicStanding.InUse).ToList();
        return Table(judged.Select(nic => new FlexNicRow(state.Network, nic))) with
        {
            Notes = judged.Exists(nic => nic.Standing == FlexNicStanding.CanBeHidden) ? ["opskit audit flexnics HOST --hide --plan shows what hiding them takes."] : [],
        };
    }

    /// <summary>Makes a table without rows, for what could not be assessed.</summary>
    /// <param name="missing">What could not.</param>
    public static ReportTable Missing(NotAssessed missing) => Table([]) with { NotAssessed = [missing] };

    /// <summary>A standing in words.</summary>
    internal static string Words(FlexNicStanding standing) => standing switch
    {
        FlexNicStanding.InUse => "in use",
        FlexNicStanding.CanBeHidden => "unused, can be hidden",
        FlexNicStanding.CannotBeHidden => "unused, cannot be hidden",
        FlexNicStanding.NoFlexNic => "unused, no FlexNIC",
        FlexNicStanding.HiddenAfterRestart => "hidden after a restart",
        _ => "hidden",
    };

    private static ReportTable Table(IEnumerable<FlexNicRow> rows) => ReportTable.From(
        Name,
        rows,
        FlexColumn.Text("VMHost", row => row.Host.Host),
        FlexColumn.Text("Device", row => row.Judged.Nic?.Device, "empty for one that is hidden from the VMkernel"),
        FlexColumn.Text("Pci", row => row.Judged.Device?.Id ?? row.Judged.Nic?.Pci).AsLesser(),
        FlexColumn.Text("Status", row => Words(row.Judged.Standing)),
        FlexColumn.Text("Reason", row => row.Judged.Reason),
        FlexColumn.Text("DependentDevice", row => row.Judged.Device?.DependentDevice, "what the VMkernel lets go of for it").AsLesser(),
        FlexColumn.Text("BladePort", row => row.Judged.Nic?.BladePort).AsLesser(),
        FlexColumn.Text("Mac", row => row.Judged.Nic?.Mac).AsLesser(),
        FlexColumn.Text("Driver", row => row.Judged.Nic?.Driver).AsLesser(),
        FlexColumn.Text("Cluster", row => row.Host.Cluster).AsLesser(),
        FlexColumn.Text("Enclosure", row => row.Host.Enclosure).AsLesser());
}

internal sealed record FlexNicRow(HostNetwork Host, JudgedNic Judged);
