using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Maintenance;

namespace OpsKit.Modules.NetworkAudit;

/// <summary><c>audit.hide-flexnics</c>.</summary>
internal sealed class HideFlexNicsVerb : IVerb
{
    private static readonly OptionSpec Restart = new("restart", OptionKind.Boolean, "Restart the host in maintenance mode where that is needed; else it takes effect with its next restart", "true");

    private static readonly OptionSpec Evacuation = new("evacuation-timeout", OptionKind.Duration, "How long the server waits for the VMs to leave, 1s to 24h; 0s for without limit", "30m");

    private static readonly OptionSpec Settling = new("settle", OptionKind.Duration, "How long after a restart the host must answer steadily, 0s to 1h", "1m");

    public string Name => "audit.hide-flexnics";

    public string Summary => "Hides FlexNICs that nothing uses from the VMkernel by PCI passthrough";

    public TargetKind TargetKind => TargetKind.Host;

    public Impact Impact => Impact.HostReboot;

    public bool Changes => true;

    public VerbFlag? Flag { get; } = new("audit.flexnics", "hide", "Hide them from the VMkernel by PCI passthrough; never one in use");

    public IReadOnlyList<OptionSpec> Options { get; } = [FlexNicsVerb.AnyUnused, Restart, Evacuation, Settling];

    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        var usual = new FlexNicOptions();
        return new Bound(usual with
        {
            AnyUnused = with.Boolean(FlexNicsVerb.AnyUnused.Name) == true,
            Restart = with.Boolean(Restart.Name) != false,
            EvacuationTimeout = with.Duration(Evacuation.Name, TimeSpan.Zero, TimeSpan.FromHours(24)) ?? usual.EvacuationTimeout,
            Settle = with.Duration(Settling.Name, TimeSpan.Zero, TimeSpan.FromHours(1)) ?? usual.Settle,
        });
    }

    private sealed class Bound(FlexNicOptions options) : IBoundVerb
    {
        public TimeSpan DefaultTimeout => TimeSpan.FromHours(1) + options.EvacuationTimeout;

        public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken)
        {
            if (target is not { VCenter: { } vCenter, Reference: { } host })
                return new TargetPlan { Target = target, Blockers = ["no vCenter of the inventory has this host; passthrough is asked for through vCenter"] };
            var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
            var maintenance = await MaintenanceReader.ReadAsync(queries, host, cancellationToken).ConfigureAwait(false);
            return FlexNicPlanner.Plan(target, await StateAsync(doors, target, cancellationToken).ConfigureAwait(false), maintenance, options);
        }

        public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
            new FlexNicChange(doors, target, options).ApplyAsync(change, cancellationToken);

        public async Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken)
        {
            if (target is not { VCenter: { } vCenter, Reference: { } host })
                throw new OpsKitException(FailureKind.Usage, "is in no vCenter", target.Name);
            if (change.Id == FlexNicPlanner.HideId)
                return note is null ? new Standing(Effect.NotDone, "it was not asked for yet") : FlexNicChange.StandingOf(change, await StateAsync(doors, target, cancellationToken).ConfigureAwait(false));
            var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
            return MaintenanceStanding.Of(change, note, await MaintenanceReader.LookAsync(queries, host, cancellationToken).ConfigureAwait(false));
        }

        private static async Task<FlexNicState> StateAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken)
        {
            var read = await FlexNicReader.ReadAsync(doors, [target], cancellationToken).ConfigureAwait(false);
            return read[0].State ?? throw new OpsKitException(FailureKind.Unreachable, read[0].Failure ?? "not read", target.Name);
        }
    }
}
