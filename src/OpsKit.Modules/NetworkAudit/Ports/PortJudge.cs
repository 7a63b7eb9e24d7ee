namespace OpsKit.Modules.NetworkAudit;

/// <summary>Joins what is documented, listening, allowed and reachable, and says of each port what follows. Pure.</summary>
public static class PortJudge
{
    /// <summary>What <see cref="PortRow.Reachable"/> says of a port that could be connected to.</summary>
    public const string Open = "open";

    /// <summary>The ports of a host that anything speaks of, in their order.</summary>
    /// <param name="host">The host.</param>
    /// <param name="lists">Lists of documented ports.</param>
    public static IReadOnlyList<PortRow> Rows(HostPorts host, IReadOnlyList<DocumentedPorts> lists)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(lists);
        var documented = lists.Where(list => list.Product == host.Product).SelectMany(list => list.Ports).Where(port => port.IsFor(host.Version)).ToList();
        var listening = (host.Sockets ?? []).Where(socket => socket.Listens && socket.LocalPort > 0).ToLookup(socket => (socket.Protocol, socket.LocalPort));
        var openings = host.Firewall?.Openings ?? [];
        var single = documented.Where(port => port.First == port.Last).Select(port => (port.Protocol, port.First))
            .Concat(listening.Select(group => group.Key))
            .Concat(openings.Where(opening => opening.First == opening.Last).Select(opening => (opening.Protocol, opening.First)))
            .ToHashSet();
        // A range of which single ports are spoken of is told by them.
        var ranges = documented.Where(port => port.First < port.Last).Select(port => (port.Protocol, port.First, port.Last))
            .Concat(openings.Where(opening => opening.First < opening.Last).Select(opening => (opening.Protocol, opening.First, opening.Last)))
            .Where(range => !single.Any(port => port.Protocol == range.Protocol && port.Item2 >= range.First && port.Item2 <= range.Last && listening.Contains(port)))
            .ToHashSet();
        return
        [
            .. single.Select(port => (port.Protocol, First: port.Item2, Last: port.Item2)).Concat(ranges)
                .OrderBy(span => span.First).ThenBy(span => span.Protocol, StringComparer.Ordinal).ThenBy(span => span.Last)
                .Select(span => new PortRow
                {
                    Host = host,
                    Protocol = span.Protocol,
                    First = span.First,
                    Last = span.Last,
                    Documented = documented.Find(port => port.Protocol == span.Protocol && port.First == span.First && port.Last == span.Last)
                        ?? documented.Find(port => port.Protocol == span.Protocol && port.First <= span.First && port.Last >= span.Last),
                    Listeners = span.First == span.Last ? [.. listening[(span.Protocol, span.First)]] : [],
                    Openings = [.. openings.Where(opening => opening.Covers(span.Protocol, span.First) && opening.Covers(span.Protocol, span.Last))],
                    InUse = span.First == span.Last ? [.. (host.Sockets ?? []).Where(socket => socket.IsInUse && socket.Protocol == span.Protocol && socket.LocalPort == span.First)] : [],
                }),
        ];
    }

    /// <summary>What follows, in stable words; several are joined by <c>; </c>.</summary>
    /// <param name="row">The port.</param>
    public static string Verdict(PortRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var verdict = new List<string> { Main(row) };
        if (row.Listens && row.IsOpenToAll)
            verdict.Add("open to all");
        if (row.Listens && row.IsAllowed == false)
            verdict.Add("blocked by the firewall");
        if (row is { Documented: not null, Host.Sockets: not null, Listeners.Count: 0, Openings.Count: > 0 })
            verdict.Add("allowed, nothing behind it");
        if (row.Protocol == "tcp" && row is { Reachable: { } reached, Host.Sockets: not null })
        {
            if (reached == Open && !row.Listens)
                verdict.Add("answers, though nothing listens");
            else if (reached != Open && row is { Listens: true, IsOpenToAll: true })
                verdict.Add("not reachable from here");
        }

        return string.Join("; ", verdict);
    }

    private static string Main(PortRow row) => row switch
    {
        { Host.Sockets: null, Documented: not null } => "documented, listeners not read",
        { Host.Sockets: null } => "allowed, listeners not read",
        { Documented: not null, Listens: true } => "as documented",
        { Listens: true } => "listening, undocumented",
        { Documented: not null, Listeners.Count: > 0 } => "documented, listens locally only",
        { Listeners.Count: > 0 } => "local only",
        { Documented: not null } => "documented, nothing listens",
        _ => "allowed, nothing behind it",
    };
}
