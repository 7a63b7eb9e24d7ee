using OpsKit.Engine.Reports;
using PortColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.NetworkAudit.PortRow>;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>The report on ports.</summary>
public static class PortReport
{
    /// <summary>The report's name.</summary>
    public const string Name = "audit-ports";

    private const int MostPeers = 5;

    /// <summary>Makes the table of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="rows">Its ports.</param>
    public static ReportTable Of(HostPorts host, IReadOnlyList<PortRow> rows)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(rows);
        return Table(rows) with { NotAssessed = host.Sockets is null ? [new NotAssessed($"{host.Host} (listeners)", host.SocketsMissing ?? "not read")] : [] };
    }

    /// <summary>Makes a table without rows, for what could not be assessed.</summary>
    /// <param name="missing">What could not.</param>
    public static ReportTable Missing(NotAssessed missing) => Table([]) with { NotAssessed = [missing] };

    /// <summary>Addresses of others, shortened.</summary>
    internal static string? Peers(IEnumerable<HostSocket> sockets)
    {
        var peers = sockets.Select(socket => socket.ForeignAddress).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return peers.Count == 0 ? null : string.Join(", ", peers.Take(MostPeers)) + (peers.Count > MostPeers ? $" and {peers.Count - MostPeers} more" : "");
    }

    internal static string? Processes(PortRow row)
    {
        var names = row.Listeners.Select(listener => listener.Process).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? null : string.Join(", ", names);
    }

    private static string? Allowed(PortRow row)
    {
        if (row.IsAllowed is null)
            return null;
        if (row.IsOpenToAll)
            return row.Host.HasFirewall ? "all" : "all (no firewall)";
        return row.Openings.Count == 0 ? "nobody" : string.Join(", ", row.Openings.SelectMany(opening => opening.Addresses).Distinct(StringComparer.Ordinal).DefaultIfEmpty("nobody"));
    }

    private static ReportTable Table(IEnumerable<PortRow> rows) => ReportTable.From(
        Name,
        rows,
        PortColumn.Text("VMHost", row => row.Host.Host),
        PortColumn.Text("Protocol", row => row.Protocol),
        PortColumn.Text("Port", row => row.Port, "a port, or a range of which nothing listens"),
        PortColumn.Text("Verdict", PortJudge.Verdict),
        PortColumn.Text("Documented", row => row.Documented?.Purpose).AsLesser(),
        PortColumn.Text("Listening", row => row.Host.Sockets is null ? "not read" : row.Listeners.Count == 0 ? "no" : string.Join(", ", row.Listeners.Select(listener => listener.LocalAddress).Distinct(StringComparer.Ordinal)), "addresses it listens at, or no").AsLesser(),
        PortColumn.Text("Process", Processes).AsLesser(),
        PortColumn.Text("AllowedIP", Allowed, "all, addresses and networks, or nobody; empty where the firewall was not read").AsLesser(),
        PortColumn.Text("Reachable", row => row.Reachable, "from the jump host: open, or why not; empty where it was not tried"),
        PortColumn.Integer("InUse", row => row.Host.Sockets is null ? null : row.InUse.Count, description: "connections under way").AsLesser(),
        PortColumn.Text("Peers", row => Peers(row.InUse)).AsLesser(),
        PortColumn.Text("Rulesets", row => row.Openings.Count == 0 ? null : string.Join(", ", row.Openings.Select(opening => opening.Ruleset).Distinct(StringComparer.Ordinal))).AsLesser(),
        PortColumn.Text("Source", row => row.Documented?.Source, "where it is documented").AsLesser(),
        PortColumn.Text("Version", row => row.Host.Version.ToString(), "the host's version").AsLesser());
}
