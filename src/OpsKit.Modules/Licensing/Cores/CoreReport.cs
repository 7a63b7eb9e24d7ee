using OpsKit.Engine.Reports;
using ClusterColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.Licensing.CoreClusterRow>;
using HostColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.Licensing.CoreHostRow>;

namespace OpsKit.Modules.Licensing;

/// <summary>The report on core licences.</summary>
public static class CoreReport
{
    /// <summary>Makes the table.</summary>
    /// <param name="account">The count.</param>
    /// <param name="detail">Which rows.</param>
    public static ReportTable Of(CoreAccount account, CoreDetail detail = CoreDetail.Host)
    {
        ArgumentNullException.ThrowIfNull(account);
        var table = detail == CoreDetail.Cluster ? ByCluster(account) : ByHost(account);
        return table with { NotAssessed = account.NotAssessed, Notes = Notes(account) };
    }

    private static ReportTable ByHost(CoreAccount account) => ReportTable.From(
        "license-cores",
        [.. account.Hosts.Select(CoreHostRow.Of), .. Shortfall(account).Select(cores => CoreHostRow.MinimumOrder(cores, account.Rules))],
        HostColumn.Text("vCenter", row => row.VCenter),
        HostColumn.Text("Cluster", row => row.Host?.Cluster),
        HostColumn.Text("VMHost", row => row.Host?.Name),
        HostColumn.Integer("NumCpuSockets", row => row.Host?.Sockets, description: "processor packages", sum: true),
        HostColumn.Integer("NumCpuCoresPerSocket", row => row.CoresPerSocket, description: "physical cores by sockets, rounded up"),
        HostColumn.Integer("NumCpuCores", row => row.Host?.Cores, description: "physical cores", sum: true),
        HostColumn.Integer("LicensedCores", row => row.LicensedCores, description: "sockets × max(minimum, cores per socket); empty where excluded", sum: true),
        HostColumn.Text("Model", row => row.Host?.Model),
        HostColumn.Text("Status", row => row.Status),
        HostColumn.Text("Reason", row => row.Reason));

    private static ReportTable ByCluster(CoreAccount account) => ReportTable.From(
        "license-cores-clusters",
        [.. account.Hosts.GroupBy(host => (host.VCenter, host.Host.Cluster)).Select(CoreClusterRow.Of), .. Shortfall(account).Select(cores => CoreClusterRow.MinimumOrder(cores, account.Rules))],
        ClusterColumn.Text("vCenter", row => row.VCenter),
        ClusterColumn.Text("Cluster", row => row.Cluster, "empty for standalone hosts"),
        ClusterColumn.Integer("VMHosts", row => row.Hosts, sum: true),
        ClusterColumn.Integer("NumCpuSockets", row => row.Sockets, sum: true),
        ClusterColumn.Integer("NumCpuCores", row => row.Cores, sum: true),
        ClusterColumn.Integer("LicensedCores", row => row.LicensedCores, sum: true),
        ClusterColumn.Text("Evaluation", row => row.Evaluation, "hosts in evaluation; they are counted"),
        ClusterColumn.Text("Excluded", row => row.Excluded, "hosts that need no core licence"),
        ClusterColumn.Text("Reason", row => row.Reason));

    private static IEnumerable<int> Shortfall(CoreAccount account) => account.UpToMinimumOrder > 0 ? [account.UpToMinimumOrder] : [];

    private static List<string> Notes(CoreAccount account)
    {
        var notes = new List<string> { $"Each processor counts at least {account.Rules.MinimumPerCpu} cores. TiB of vSAN are not counted here." };
        if (account.Hosts.Where(host => host.Status == CoreStatus.Evaluation).ToList() is { Count: > 0 } evaluation)
            notes.Add($"In evaluation, counted: {string.Join(", ", evaluation.Select(host => host.Host.Name))}.");
        if (account.Hosts.Where(host => host.Status == CoreStatus.Excluded).ToList() is { Count: > 0 } excluded)
            notes.Add($"Excluded, not counted: {string.Join(", ", excluded.Select(host => $"{host.Host.Name} ({host.Reason})"))}.");
        return notes;
    }
}

internal sealed record CoreHostRow(string? VCenter, LicensedHost? Host, int? CoresPerSocket, int? LicensedCores, string Status, string? Reason)
{
    public static CoreHostRow Of(CoreHost host) => new(
        host.VCenter,
        host.Host,
        host.Host is { Sockets: > 0, Cores: > 0 } ? CoreCalculator.CoresPerSocket(host.Host.Sockets.Value, host.Host.Cores.Value) : null,
        host.LicensedCores,
        host.Status switch { CoreStatus.Evaluation => "evaluation", CoreStatus.Excluded => "excluded", _ => "counted" },
        host.Reason);

    public static CoreHostRow MinimumOrder(int cores, CoreRules rules) =>
        new(null, null, null, cores, "minimum order", $"the tables set a minimum order of {rules.MinimumOrder} cores");
}

internal sealed record CoreClusterRow(
    string? VCenter, string? Cluster, int? Hosts, int? Sockets, int? Cores, int? LicensedCores, string? Evaluation, string? Excluded, string? Reason)
{
    public static CoreClusterRow Of(IGrouping<(string VCenter, string? Cluster), CoreHost> hosts) => new(
        hosts.Key.VCenter,
        hosts.Key.Cluster,
        hosts.Count(),
        hosts.Sum(host => host.Host.Sockets ?? 0),
        hosts.Sum(host => host.Host.Cores ?? 0),
        hosts.All(host => host.LicensedCores is null) ? null : hosts.Sum(host => host.LicensedCores ?? 0),
        Names(hosts, CoreStatus.Evaluation),
        Names(hosts, CoreStatus.Excluded),
        hosts.Key.Cluster is null ? "standalone hosts" : null);

    public static CoreClusterRow MinimumOrder(int cores, CoreRules rules) =>
        new(null, null, null, null, null, cores, null, null, $"the tables set a minimum order of {rules.MinimumOrder} cores");

    private static string? Names(IEnumerable<CoreHost> hosts, CoreStatus status)
    {
        var names = string.Join("; ", hosts.Where(host => host.Status == status).Select(host => host.Host.Name));
        return names.Length == 0 ? null : names;
    }
}
