using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.NetworkAudit;

/// <summary><c>audit.vm-mmu</c>.</summary>
internal sealed class VmMmuVerb : ReadingVerb
{
    internal static readonly OptionSpec Rules = new("rules", OptionKind.Text, "A file of rules instead of the usual ones", "the configured or built-in ones") { Placeholder = "FILE" };

    public override string Name => "audit.vm-mmu";

    public override string Summary => "Reports VMs whose guest gains from hardware-assisted CPU and MMU modes";

    public override TargetKind TargetKind => TargetKind.VirtualMachine;

    public override IReadOnlyList<OptionSpec> Options { get; } = [Rules, Out];

    public override IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new BoundMmu(Name, with.Text(Out.Name), with.Text(Rules.Name));
    }

    private sealed class BoundMmu(string name, string? file, string? rules) : Bound(name, file)
    {
        protected override async Task<IReadOnlyList<TargetPlan>> TogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
        {
            var known = MachineModeRulesReader.Load(doors.JumpHost, rules);
            return Plans(await MachineModeReader.ReadAsync(doors, targets, cancellationToken).ConfigureAwait(false), (_, state) => [MachineModeReport.Of(state, known)], MachineModeReport.Missing);
        }
    }
}
