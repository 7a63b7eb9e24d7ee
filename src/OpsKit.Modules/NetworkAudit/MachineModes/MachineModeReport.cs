using OpsKit.Engine.Reports;
using ModeColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.NetworkAudit.MachineModeRow>;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>The report on virtual machines whose guests gain from another mode.</summary>
public static class MachineModeReport
{
    /// <summary>The report's name.</summary>
    public const string Name = "audit-vm-mmu";

    /// <summary>Makes the table of a machine: a row where a rule speaks of its guest, else none.</summary>
    /// <param name="state">The machine.</param>
    /// <param name="rules">The rules; the first that fits counts.</param>
    public static ReportTable Of(MachineModeState state, IReadOnlyList<MachineModeRule> rules)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(rules);
        return Table(rules.FirstOrDefault(rule => rule.IsFor(state.GuestId)) is { } rule ? [new MachineModeRow(state, rule)] : []);
    }

    /// <summary>Makes a table without rows, for what could not be assessed.</summary>
    /// <param name="missing">What could not.</param>
    public static ReportTable Missing(NotAssessed missing) => Table([]) with { NotAssessed = [missing] };

    private static ReportTable Table(IEnumerable<MachineModeRow> rows) => ReportTable.From(
        Name,
        rows,
        ModeColumn.Text("VM", row => row.State.Name),
        ModeColumn.Text("Status", row => row.Status),
        ModeColumn.Text("VirtualExecUsage", row => row.State.Exec).AsLesser(),
        ModeColumn.Text("VirtualMmuUsage", row => row.State.Mmu).AsLesser(),
        ModeColumn.Text("Wanted", row => $"{row.Rule.Exec}, {row.Rule.Mmu}"),
        ModeColumn.Text("PowerState", row => row.State.PowerState).AsLesser(),
        ModeColumn.Text("Needs", row => row.Needs, "what setting it takes"),
        ModeColumn.Text("GuestId", row => row.State.GuestId).AsLesser(),
        ModeColumn.Text("Guest", row => row.State.Guest).AsLesser(),
        ModeColumn.Text("VMHost", row => row.State.Host).AsLesser(),
        ModeColumn.Text("Reason", row => row.Rule.Reason).AsLesser(),
        ModeColumn.Text("Source", row => row.Rule.Source).AsLesser());
}

internal sealed record MachineModeRow(MachineModeState State, MachineModeRule Rule)
{
    public string Status => State.Exec == Rule.Exec && State.Mmu == Rule.Mmu ? "as advised" : State.HostKnows == false ? "host does not know it" : "gains";

    public string? Needs => Status != "gains" ? null : State.PowerState == "poweredOff" ? "nothing: it is switched off" : "a power cycle: a restart of the guest is not enough";
}
