using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.NetworkAudit;

/// <summary><c>audit.ports</c>.</summary>
internal sealed class PortsVerb : ReadingVerb
{
    private static readonly OptionSpec Request = new("firewall-request", OptionKind.Boolean, "Report what a firewall team is to open instead: only what was seen listening or in use", "false");

    private static readonly OptionSpec Reach = new("reach", OptionKind.Boolean, "Try TCP ports from this machine: a connection that is closed at once", "true");

    private static readonly OptionSpec Udp = new("udp", OptionKind.Boolean, "Try UDP ports, too: an empty datagram, which most services answer with silence", "false");

    private static readonly OptionSpec Timeout = new("reach-timeout", OptionKind.Duration, "How long a port may take to answer, 100ms to 30s", "2s");

    private static readonly OptionSpec Documented = new("documented", OptionKind.Texts, "Files with documented ports, each instead of the list of its product", "those of the configuration folder's ports/, or built in") { Placeholder = "FILES" };

    public override string Name => "audit.ports";

    public override string Summary => "Reports ports: documented, listening, allowed, reachable; with a verdict";

    public override IReadOnlyList<OptionSpec> Options { get; } = [Request, Reach, Udp, Timeout, Documented, Out];

    public override IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        var timeout = with.Duration(Timeout.Name, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30)) ?? TimeSpan.FromSeconds(2);
        return new BoundPorts(
            Name,
            with.Text(Out.Name),
            with.Boolean(Request.Name) == true,
            with.Texts(Documented.Name),
            new PortTrying(with.Boolean(Reach.Name) != false, with.Boolean(Udp.Name) == true, timeout));
    }

    private sealed class BoundPorts(string name, string? file, bool request, IReadOnlyList<string> documented, PortTrying trying) : Bound(name, file)
    {
        protected override async Task<IReadOnlyList<TargetPlan>> TogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
        {
            var lists = DocumentedPortsReader.Load(doors.JumpHost, documented);
            using var reader = new PortReader(doors, lists, trying);
            var read = await reader.ReadAsync(targets, cancellationToken).ConfigureAwait(false);
            var now = doors.JumpHost.Clock.GetUtcNow();
            return request
                ? Plans(read, (_, ports) => [FirewallRequest.Of(ports.Host, ports.Rows, now)], FirewallRequest.Missing)
                : Plans(read, (_, ports) => [PortReport.Of(ports.Host, ports.Rows)], PortReport.Missing);
        }
    }
}
