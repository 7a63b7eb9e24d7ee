using OpsKit.Engine.Reports;
using LogColumn = OpsKit.Engine.Reports.Column<(OpsKit.Modules.Vibs.HostDrivers Host, OpsKit.Modules.Vibs.LogFinding Finding)>;
using NicColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.Vibs.JudgedNic>;

namespace OpsKit.Modules.Vibs;

/// <summary>The report on drivers and firmware.</summary>
public static class DriverCheckReport
{
    /// <summary>Makes the tables: the NICs, and known faults found in logs where there are any.</summary>
    /// <param name="hosts">The hosts that were read.</param>
    /// <param name="facts">What they are compared with.</param>
    public static IReadOnlyList<ReportTable> Of(IReadOnlyList<HostDrivers> hosts, DriverFacts facts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentNullException.ThrowIfNull(facts);
        var judged = hosts.SelectMany(host => DriverCheck.Of(host, facts)).ToList();
        var nics = ReportTable.From(
            "vib-check",
            judged,
            NicColumn.Text("VMHost", row => row.Host.Host),
            NicColumn.Text("Nic", row => row.Nic.Name),
            NicColumn.Text("Driver", row => row.Nic.Driver),
            NicColumn.Text("DriverVersion", row => Shown(row.Nic.DriverVersion)),
            NicColumn.Text("Firmware", row => Shown(row.Nic.Firmware)),
            NicColumn.Text("Status", row => Word(row.Standing), "matches, differs, not known, or no rule: nothing is known of this version"),
            NicColumn.Text("Expected", row => row.Pair is { } pair && row.Standing != DriverStanding.Matches ? string.Join(" or ", pair.Firmware) : null, "firmware that belongs to the driver")) with
        {
            Notes = [.. judged.Where(row => row.Standing == DriverStanding.Differs).Select(row => row.Pair!.Because).Distinct(StringComparer.Ordinal), $"compared with {facts.Source}"],
        };
        return hosts.Any(host => host.Findings.Count > 0) ? [nics, Findings(hosts)] : [nics];
    }

    private static ReportTable Findings(IReadOnlyList<HostDrivers> hosts) => ReportTable.From(
        "vib-check-log",
        hosts.SelectMany(host => host.Findings.Select(finding => (Host: host, Finding: finding))),
        LogColumn.Text("VMHost", row => row.Host.Host),
        LogColumn.Text("Fault", row => row.Finding.Fault.Name),
        LogColumn.Integer("Lines", row => row.Finding.Lines, description: "lines of it in the log, 1000 at most"),
        LogColumn.Text("LastLine", row => row.Finding.Last),
        LogColumn.Text("Remedy", row => row.Finding.Fault.Remedy)) with
    {
        Notes = [.. hosts.SelectMany(host => host.Findings).Select(finding => finding.Fault.Because).Distinct(StringComparer.Ordinal)],
    };

    private static string? Shown(string text) => text.Length > 0 ? text : null;

    private static string Word(DriverStanding standing) => standing switch
    {
        DriverStanding.Matches => "matches",
        DriverStanding.Differs => "differs",
        DriverStanding.NotKnown => "not known",
        _ => "no rule",
    };
}
