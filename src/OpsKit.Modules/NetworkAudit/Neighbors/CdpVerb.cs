using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.NetworkAudit;

/// <summary><c>audit.cdp</c>.</summary>
internal sealed class CdpVerb : ReadingVerb
{
    private static readonly OptionSpec Baseline = new("baseline", OptionKind.Text, "An earlier report of this verb, CSV or JSON: what has changed since is told", "none") { Placeholder = "FILE" };

    public override string Name => "audit.cdp";

    public override string Summary => "Reports switch, port and VLAN of every NIC by CDP and LLDP, and draws them";

    public override bool Draws => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [Baseline, Out];

    public override IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new BoundCdp(Name, with.Text(Out.Name), with.Text(Baseline.Name));
    }

    private sealed class BoundCdp(string name, string? file, string? baseline) : Bound(name, file)
    {
        protected override async Task<IReadOnlyList<TargetPlan>> TogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
        {
            var before = baseline is null ? null : NeighborBaselineReader.Read(doors.JumpHost, baseline);
            var views = await new NetworkReader(doors, NetworkParts.Neighbors).ReadAsync(targets, cancellationToken).ConfigureAwait(false);
            return Plans(views, (_, view) => [NeighborReport.Of(view.Network, view.Neighbors, before)], NeighborReport.Missing);
        }
    }
}
