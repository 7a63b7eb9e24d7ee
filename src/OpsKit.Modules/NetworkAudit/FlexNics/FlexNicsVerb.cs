using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.NetworkAudit;

/// <summary><c>audit.flexnics</c>.</summary>
internal sealed class FlexNicsVerb : ReadingVerb
{
    internal static readonly OptionSpec AnyUnused = new("any-unused", OptionKind.Boolean, "Unused NICs, too, that are no FlexNICs as far as is known: of hosts that are no blades in the inventory", "false");

    public override string Name => "audit.flexnics";

    public override string Summary => "Reports FlexNICs that nothing uses, and whether they can be hidden";

    public override IReadOnlyList<OptionSpec> Options { get; } = [AnyUnused, Out];

    public override IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new BoundFlexNics(Name, with.Text(Out.Name), with.Boolean(AnyUnused.Name) == true);
    }

    private sealed class BoundFlexNics(string name, string? file, bool anyUnused) : Bound(name, file)
    {
        protected override async Task<IReadOnlyList<TargetPlan>> TogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken) =>
            Plans(await FlexNicReader.ReadAsync(doors, targets, cancellationToken).ConfigureAwait(false), (_, state) => [FlexNicReport.Of(state, anyUnused)], FlexNicReport.Missing);
    }
}
