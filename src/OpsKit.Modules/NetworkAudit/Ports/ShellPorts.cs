using System.Globalization;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Reads a host's ports through its shell: connections of each network stack, and since 5.0 the firewall's rule sets, rules and allowed addresses, all in one go.</summary>
internal static class ShellPorts
{
    /// <summary>Network stacks besides the default one that hosts of 6.0 and newer may have; asked without a name, they tell only of the default one.</summary>
    private static readonly string[] FurtherStacks = ["vmotion", "vSphereProvisioning"];

    /// <summary>What the firewall of a version is asked.</summary>
    private static readonly string[] FirewallCommands =
        ["network firewall get", "network firewall ruleset list", "network firewall ruleset rule list", "network firewall ruleset allowedip list"];

    /// <summary>The commands for a version.</summary>
    public static IReadOnlyList<ReadingCommand> Commands(Version version) =>
    [
        EsxcliQuery.Command(version, version.Major < 5 ? "network connection list" : "network ip connection list"),
        .. version.Major < 5 ? [] : FirewallCommands.Select(command => EsxcliQuery.Command(version, command)),
        .. version.Major < 6 ? [] : FurtherStacks.Select(stack => EsxcliQuery.Command(version, "network ip connection list", "-N", stack)),
    ];

    /// <summary>Adds what the shell says.</summary>
    /// <exception cref="OpsKitException">The host cannot be reached, or its answers could not be read, twice.</exception>
    public static Task<HostPorts> ReadAsync(ShellQueries shell, HostPorts host, CancellationToken cancellationToken) =>
        ShellReading.ReadAsync(shell, Commands(host.Version), answers => Read(host, answers), cancellationToken);

    /// <summary>Reads the answers to <see cref="Commands"/>.</summary>
    /// <exception cref="OpsKitException">One was refused, cut off, or is odd.</exception>
    public static HostPorts Read(HostPorts host, IReadOnlyList<ReadingResult> answers)
    {
        var sockets = EsxcliQuery.Records(answers[0], "Proto", "Local Address", "Foreign Address", "State").Select(Socket).ToList();
        foreach (var stack in answers.Skip(1 + FirewallCommands.Length))
        {
            // A host without that stack refuses the question; a stack that cannot be read is another matter.
            if (stack.ExitStatus is not > 0)
                sockets.AddRange(EsxcliQuery.Records(stack).Select(Socket));
        }

        return host with { Sockets = sockets, Firewall = host.HasFirewall ? Firewall([.. answers.Skip(1).Take(FirewallCommands.Length)]) : null };
    }

    private static HostSocket Socket(EsxcliRecord one)
    {
        var (local, foreign) = (Endpoint(one.Required("Local Address")), Endpoint(one.Required("Foreign Address")));
        var protocol = one.Required("Proto").ToLowerInvariant();
        return new HostSocket(
            protocol.StartsWith("tcp", StringComparison.Ordinal) ? "tcp" : protocol.StartsWith("udp", StringComparison.Ordinal) ? "udp" : protocol,
            local.Address, local.Port, foreign.Address, foreign.Port,
            one.Required("State").Replace('_', ' ').ToUpperInvariant(),
            one.Text("World Name") is { Length: > 0 } process ? process : null);
    }

    /// <summary>Cut at the last colon: addresses of IPv6 have others.</summary>
    private static (string Address, int Port) Endpoint(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0)
            throw EsxcliFields.Unreadable($"\"{text}\" is no address with a port");
        return text[(colon + 1)..] switch
        {
            "*" => (text[..colon], 0),
            var port when int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65535 => (text[..colon], number),
            _ => throw EsxcliFields.Unreadable($"\"{text}\" is no address with a port"),
        };
    }

    /// <summary>Joins the three lists. An enabled rule set whose addresses are missing would look as if it let in nobody or all: it is odd.</summary>
    private static HostFirewall Firewall(IReadOnlyList<ReadingResult> answers)
    {
        if (EsxcliQuery.Records(answers[0]) is not [var state])
            throw EsxcliFields.Unreadable("it tells nothing of the firewall");
        var enabled = EsxcliQuery.Records(answers[1], "Name", "Enabled").Where(ruleset => ruleset.Boolean("Enabled")).Select(ruleset => ruleset.Required("Name")).ToList();
        var rules = EsxcliQuery.Records(answers[2], "Ruleset", "Direction", "Protocol", "Port Begin", "Port End").ToLookup(rule => rule.Required("Ruleset"), StringComparer.Ordinal);
        var allowed = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var ruleset in EsxcliQuery.Records(answers[3], "Ruleset", "Allowed IP Addresses"))
            allowed[ruleset.Required("Ruleset")] = ruleset.Texts("Allowed IP Addresses");
        var openings = new List<FirewallOpening>();
        foreach (var ruleset in enabled)
        {
            if (!allowed.TryGetValue(ruleset, out var addresses))
                throw EsxcliFields.Unreadable($"the allowed addresses of the rule set {ruleset} are missing");
            if (!rules.Contains(ruleset))
                throw EsxcliFields.Unreadable($"the rules of the rule set {ruleset} are missing");
            openings.AddRange(rules[ruleset].Where(IsInbound).Select(rule => Opening(ruleset, rule, addresses)));
        }

        return new HostFirewall
        {
            Enabled = state.Boolean("Enabled"),
            Drops = !state.Required("Default Action").Equals("PASS", StringComparison.OrdinalIgnoreCase),
            Openings = openings,
        };
    }

    private static bool IsInbound(EsxcliRecord rule) =>
        rule.Required("Direction").Equals("Inbound", StringComparison.OrdinalIgnoreCase) && !"Src".Equals(rule.Text("Port Type"), StringComparison.OrdinalIgnoreCase);

    private static FirewallOpening Opening(string ruleset, EsxcliRecord rule, IReadOnlyList<string> addresses)
    {
        var all = addresses is [var only] && only.Equals("All", StringComparison.OrdinalIgnoreCase);
        return new FirewallOpening(ruleset, rule.Required("Protocol").ToLowerInvariant(), (int)rule.Integer("Port Begin"), (int)rule.Integer("Port End"), all, all ? [] : addresses);
    }
}
