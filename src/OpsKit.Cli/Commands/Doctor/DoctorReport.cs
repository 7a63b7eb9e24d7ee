using OpsKit.Connections;
using OpsKit.Engine.Reports;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Cli.Commands.Doctor.Finding>;

namespace OpsKit.Cli.Commands.Doctor;

/// <summary>All findings as a report, and the exit code they call for.</summary>
internal static class DoctorReport
{
    public static ReportTable TableOf(IReadOnlyList<Finding> findings) => ReportTable.From(
        "doctor",
        findings,
        Column.Text("Target", finding => finding.Target ?? "(jump host)"),
        Column.Text("Check", finding => finding.Check),
        Column.Text("Status", finding => finding.Status.ToString().ToLowerInvariant(), "ok, warning, failure or skipped"),
        Column.Text("Result", finding => finding.Result),
        Column.Text("Fix", finding => finding.Fix, "The command to type or the thing to mend"));

    /// <summary>0 where nothing failed; warnings and skipped checks do not count.</summary>
    public static int ExitCodeOf(IEnumerable<Finding> findings)
    {
        var kinds = findings.Where(finding => finding.Status == FindingStatus.Failure).Select(finding => finding.Kind).ToList();
        return Cli.ExitCodes.Of(kinds, kinds.Count);
    }

    /// <summary>Such as <c>9 ok, 1 warning, 2 failures, 1 skipped</c>.</summary>
    public static string Summary(IReadOnlyList<Finding> findings)
    {
        int Count(FindingStatus status) => findings.Count(finding => finding.Status == status);
        var parts = new List<string> { $"{Count(FindingStatus.Ok)} ok" };
        if (Count(FindingStatus.Warning) is > 0 and var warnings)
            parts.Add(warnings == 1 ? "1 warning" : $"{warnings} warnings");
        if (Count(FindingStatus.Failure) is > 0 and var failures)
            parts.Add(failures == 1 ? "1 failure" : $"{failures} failures");
        if (Count(FindingStatus.Skipped) is > 0 and var skipped)
            parts.Add($"{skipped} skipped");
        return string.Join(", ", parts);
    }
}
