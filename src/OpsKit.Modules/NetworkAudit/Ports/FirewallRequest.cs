using System.Globalization;
using OpsKit.Engine.Reports;
using RequestColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.NetworkAudit.FirewallRequestLine>;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>What a firewall team is asked to open: only what was seen. A port that is documented and that nothing listens on is left out, and said so.</summary>
public static class FirewallRequest
{
    /// <summary>The report's name.</summary>
    public const string Name = "firewall-request";

    /// <summary>Makes the request of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="rows">Its ports.</param>
    /// <param name="seenAt">When they were read.</param>
    public static ReportTable Of(HostPorts host, IReadOnlyList<PortRow> rows, DateTimeOffset seenAt)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(rows);
        var lines = rows.Where(row => row.Listens && (row.Documented is not null || row.InUse.Count > 0)).Select(row => Incoming(row, seenAt)).Concat(Outgoing(host, rows, seenAt));
        return Table(lines) with
        {
            NotAssessed = host.Sockets is null ? [new NotAssessed(host.Host, $"nothing is requested for it, as what listens is not known: {host.SocketsMissing ?? "not read"}")] : [],
            Notes =
            [
                .. rows.Where(row => row is { Documented: not null, Host.Sockets: not null, Listeners.Count: 0 })
                    .Select(row => $"Left out: {row.Protocol} {row.Port} ({row.Documented!.Purpose}; {row.Documented.Source}): nothing listens on it."),
            ],
        };
    }

    /// <summary>Makes a table without rows, for what could not be assessed.</summary>
    /// <param name="missing">What could not.</param>
    public static ReportTable Missing(NotAssessed missing) => Table([]) with { NotAssessed = [missing] };

    private static FirewallRequestLine Incoming(PortRow row, DateTimeOffset seenAt) => new(
        row.Documented?.From ?? PortReport.Peers(row.InUse) ?? "",
        PortReport.Peers(row.InUse),
        row.Host.Host,
        row.Host.Address,
        row.Protocol,
        row.First,
        row.Documented?.Purpose,
        row.Documented?.Source,
        Evidence($"{PortReport.Processes(row) ?? "a process"} listens", row.InUse.Count),
        seenAt);

    /// <summary>Connections that the host itself made: those whose own port nothing listens on.</summary>
    private static IEnumerable<FirewallRequestLine> Outgoing(HostPorts host, IReadOnlyList<PortRow> rows, DateTimeOffset seenAt)
    {
        var listening = rows.Where(row => row.Listeners.Count > 0).Select(row => (row.Protocol, row.First)).ToHashSet();
        return (host.Sockets ?? []).Where(socket => socket.IsInUse && !socket.IsLocal && !listening.Contains((socket.Protocol, socket.LocalPort)))
            .GroupBy(socket => (socket.Protocol, socket.ForeignAddress, socket.ForeignPort))
            .OrderBy(group => group.Key)
            .Select(group => new FirewallRequestLine(
                host.Host, host.Address, group.Key.ForeignAddress, group.Key.ForeignAddress, group.Key.Protocol, group.Key.ForeignPort, null, null,
                Evidence(string.Join(", ", group.Select(socket => socket.Process).OfType<string>().Distinct(StringComparer.Ordinal).DefaultIfEmpty("a process")), group.Count()), seenAt));
    }

    private static string Evidence(string what, int inUse) => inUse == 0 ? what : string.Create(CultureInfo.InvariantCulture, $"{what}; {inUse} {(inUse == 1 ? "connection" : "connections")} in use");

    private static ReportTable Table(IEnumerable<FirewallRequestLine> lines) => ReportTable.From(
        Name,
        lines,
        RequestColumn.Text("Source", line => line.Source, "who connects, by the documentation; else who was seen"),
        RequestColumn.Text("SourceSeen", line => line.SourceSeen, "addresses that were seen connecting").AsLesser(),
        RequestColumn.Text("Destination", line => line.Destination),
        RequestColumn.Text("DestinationAddress", line => line.DestinationAddress).AsLesser(),
        RequestColumn.Text("Protocol", line => line.Protocol),
        RequestColumn.Integer("Port", line => line.Port),
        RequestColumn.Text("Purpose", line => line.Purpose).AsLesser(),
        RequestColumn.Text("Evidence", line => line.Evidence, "what was seen"),
        RequestColumn.Text("Documentation", line => line.Documentation).AsLesser(),
        RequestColumn.Timestamp("SeenAt", line => line.SeenAt).AsLesser());
}

internal sealed record FirewallRequestLine(
    string Source, string? SourceSeen, string Destination, string DestinationAddress, string Protocol, int Port, string? Purpose, string? Documentation, string Evidence, DateTimeOffset SeenAt);
