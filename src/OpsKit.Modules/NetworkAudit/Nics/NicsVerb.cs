using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.NetworkAudit;

/// <summary><c>audit.nics</c>.</summary>
internal sealed class NicsVerb : ReadingVerb
{
    private static readonly OptionSpec Shell = new(
        "shell", OptionKind.Boolean, "Ask the shells of hosts in the inventory for driver and firmware versions where vCenter does not tell them", "true");

    private static readonly OptionSpec Neighbors = new("neighbors", OptionKind.Boolean, "Ask for the switch and port of each NIC: one call a NIC that can have heard of them", "true");

    public override string Name => "audit.nics";

    public override string Summary => "Reports every NIC: link, driver, switch, role, and what is not redundant";

    public override IReadOnlyList<OptionSpec> Options { get; } = [Neighbors, Shell, Out];

    public override IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        var parts = NetworkParts.Bays;
        if (with.Boolean(Neighbors.Name) != false)
            parts |= NetworkParts.Neighbors;
        if (with.Boolean(Shell.Name) != false)
            parts |= NetworkParts.Versions;
        return new BoundNics(Name, with.Text(Out.Name), parts);
    }

    private sealed class BoundNics(string name, string? file, NetworkParts parts) : Bound(name, file)
    {
        protected override async Task<IReadOnlyList<TargetPlan>> TogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken) => Plans(
            await new NetworkReader(doors, parts).ReadAsync(targets, cancellationToken).ConfigureAwait(false),
            (_, view) => [NicReport.Of(view.Network, Known(view.Neighbors)) with { NotAssessed = [.. view.Gaps, .. Unasked(view)] }],
            NicReport.Missing);

        private static Dictionary<string, Neighbor> Known(IReadOnlyDictionary<string, NeighborAnswer> answers) =>
            answers.Where(pair => pair.Value.Neighbor is not null).ToDictionary(pair => pair.Key, pair => pair.Value.Neighbor!, StringComparer.Ordinal);

        private static IEnumerable<Engine.Reports.NotAssessed> Unasked(HostNetworkView view) => view.Neighbors
            .Where(pair => pair.Value.Outcome == NeighborOutcome.Failed)
            .Select(pair => new Engine.Reports.NotAssessed($"{view.Network.Host} {pair.Key} (neighbour)", pair.Value.Reason ?? "unknown"));
    }
}
