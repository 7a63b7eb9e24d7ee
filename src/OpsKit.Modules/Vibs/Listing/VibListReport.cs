using OpsKit.Connections.Inventory;
using OpsKit.Engine.Reports;
using DriftColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.Vibs.VibSpread>;
using ListColumn = OpsKit.Engine.Reports.Column<(OpsKit.Modules.Vibs.HostSoftware Host, OpsKit.Modules.Vibs.InstalledVib Vib)>;
using PivotColumn = OpsKit.Engine.Reports.Column<(string Name, System.Collections.Generic.IReadOnlyDictionary<string, string> Versions)>;

namespace OpsKit.Modules.Vibs;

/// <summary>Installed VIBs as a report.</summary>
public static class VibListReport
{
    private const string Several = ", ";

    /// <summary>Makes the table: a row for each host and VIB; a row for each VIB with a column for each host; or where hosts differ.</summary>
    /// <param name="hosts">The hosts that were read.</param>
    /// <param name="options">Which VIBs, and how.</param>
    public static ReportTable Of(IReadOnlyList<HostSoftware> hosts, VibListOptions options)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentNullException.ThrowIfNull(options);
        var chosen = hosts.Select(host => host with { Vibs = [.. host.Vibs.Where(vib => options.Names.Count == 0 || options.Names.Any(name => GlobPattern.Matches(name, vib.Name)))] }).ToList();
        if (options.Drift)
            chosen = WhereTheyDiffer(chosen);
        return options switch
        {
            { Pivot: true } => Pivot(chosen),
            { Drift: true } => Drift(chosen),
            _ => List(chosen),
        };
    }

    private static ReportTable List(List<HostSoftware> hosts) => ReportTable.From(
        "vib-list",
        hosts.SelectMany(host => host.Vibs.Select(vib => (Host: host, Vib: vib))),
        ListColumn.Text("VMHost", row => row.Host.Host),
        ListColumn.Text("Name", row => row.Vib.Name),
        ListColumn.Text("Version", row => row.Vib.Version),
        ListColumn.Text("Vendor", row => row.Vib.Vendor),
        ListColumn.Text("AcceptanceLevel", row => row.Vib.Acceptance?.ToString()),
        ListColumn.Date("InstallDate", row => row.Vib.InstallDate),
        ListColumn.Text("HostVersion", row => row.Host.Version.ToString(), "version of ESXi"));

    private static ReportTable Pivot(List<HostSoftware> hosts) => ReportTable.From(
        "vib-pivot",
        Names(hosts).Select(name => (name, (IReadOnlyDictionary<string, string>)hosts.ToDictionary(host => host.Host, host => Version(host, name), StringComparer.Ordinal))),
        [PivotColumn.Text("Name", row => row.Name), .. hosts.Select(host => PivotColumn.Text(host.Host, row => row.Versions[host.Host] is { Length: > 0 } version ? version : null))]);

    private static ReportTable Drift(List<HostSoftware> hosts)
    {
        var spread = Names(hosts).SelectMany(name => hosts.GroupBy(host => Version(host, name), StringComparer.Ordinal)
            .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => new VibSpread(name, same.Key, [.. same.Select(host => host.Host)])));
        var table = ReportTable.From(
            "vib-drift",
            spread,
            DriftColumn.Text("Name", row => row.Name),
            DriftColumn.Text("Version", row => row.Version.Length > 0 ? row.Version : "not installed"),
            DriftColumn.Integer("VMHosts", row => row.Hosts.Count, description: "hosts that have this version"),
            DriftColumn.Text("Hosts", row => string.Join(Several, row.Hosts)));
        return table.Rows.Count > 0 ? table : table with { Notes = ["the hosts have the same VIBs in the same versions"] };
    }

    private static List<HostSoftware> WhereTheyDiffer(List<HostSoftware> hosts)
    {
        var differing = Names(hosts).Where(name => hosts.Select(host => Version(host, name)).Distinct(StringComparer.Ordinal).Skip(1).Any()).ToHashSet(StringComparer.Ordinal);
        return [.. hosts.Select(host => host with { Vibs = [.. host.Vibs.Where(vib => differing.Contains(vib.Name))] })];
    }

    private static IEnumerable<string> Names(List<HostSoftware> hosts) =>
        hosts.SelectMany(host => host.Vibs.Select(vib => vib.Name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The version of a VIB on a host; empty where it has none.</summary>
    private static string Version(HostSoftware host, string name) => string.Join(Several, host.Vibs.Where(vib => vib.Name == name).Select(vib => vib.Version));
}

/// <summary>Hosts that have a VIB in the same version.</summary>
/// <param name="Name">The VIB.</param>
/// <param name="Version">The version; empty where it is not installed.</param>
/// <param name="Hosts">The hosts.</param>
internal sealed record VibSpread(string Name, string Version, IReadOnlyList<string> Hosts);
