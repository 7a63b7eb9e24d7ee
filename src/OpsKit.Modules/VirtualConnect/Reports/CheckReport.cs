using OpsKit.Engine.Reports;
using OpsKit.Modules.VirtualConnect.Checks;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Modules.VirtualConnect.Checks.CheckFinding>;

namespace OpsKit.Modules.VirtualConnect.Reports;

/// <summary>The table of <c>vc.check</c>.</summary>
public static class CheckReport
{
    /// <summary>Makes the table: blockers first, then warnings, then what is well.</summary>
    /// <param name="enclosure">The enclosure's name.</param>
    /// <param name="findings">The findings.</param>
    public static ReportTable Of(string enclosure, IReadOnlyList<CheckFinding> findings) => ReportTable.From(
        "vc-check",
        findings.OrderByDescending(finding => finding.Verdict),
        Column.Text("Enclosure", _ => enclosure),
        Column.Text("Verdict", finding => finding.Verdict switch { CheckVerdict.Pass => "pass", CheckVerdict.Warning => "warning", _ => "BLOCKER" }),
        Column.Text("Check", finding => finding.Check),
        Column.Text("Subject", finding => finding.Subject),
        Column.Text("Finding", finding => finding.Finding),
        Column.Text("Fix", finding => finding.Fix)) with
    {
        Notes = [Verdict(enclosure, findings)],
    };

    private static string Verdict(string enclosure, IReadOnlyList<CheckFinding> findings)
    {
        var blockers = findings.Count(finding => finding.Verdict == CheckVerdict.Blocker);
        var warnings = findings.Count(finding => finding.Verdict == CheckVerdict.Warning);
        return blockers == 0
            ? $"{enclosure}: nothing blocks a rollout{(warnings > 0 ? $"; {Count(warnings, "warning")}" : "")}."
            : $"{enclosure}: {Count(blockers, "blocker")}: no module may be reset.";
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
