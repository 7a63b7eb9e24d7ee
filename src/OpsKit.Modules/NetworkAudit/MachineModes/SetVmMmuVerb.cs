using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.NetworkAudit;

/// <summary><c>audit.set-vm-mmu</c>.</summary>
internal sealed class SetVmMmuVerb : IVerb
{
    private static readonly OptionSpec PowerCycle = new("power-cycle", OptionKind.Boolean, "Shut machines that run down for it and start them again; else those are left alone", "false");

    private static readonly OptionSpec Timeout = new("shutdown-timeout", OptionKind.Duration, "How long a guest may take to shut down, 10s to 2h", "10m");

    public string Name => "audit.set-vm-mmu";

    public string Summary => "Sets hardware-assisted CPU and MMU modes where the rules advise them";

    public TargetKind TargetKind => TargetKind.VirtualMachine;

    public Impact Impact => Impact.MachineRestart;

    public bool Changes => true;

    public VerbFlag? Flag { get; } = new("audit.vm-mmu", "set", "Set the modes that the rules advise");

    public IReadOnlyList<OptionSpec> Options { get; } = [PowerCycle, Timeout, VmMmuVerb.Rules];

    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new Bound(with.Boolean(PowerCycle.Name) == true, with.Duration(Timeout.Name, TimeSpan.FromSeconds(10), TimeSpan.FromHours(2)) ?? TimeSpan.FromMinutes(10), with.Text(VmMmuVerb.Rules.Name));
    }

    private sealed class Bound(bool powerCycle, TimeSpan shutdownTimeout, string? rules) : IBoundVerb
    {
        public TimeSpan DefaultTimeout => shutdownTimeout + TimeSpan.FromMinutes(20);

        public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
            MachineModePlanner.Plan(target, await MachineModeReader.LookAsync(doors, target, cancellationToken).ConfigureAwait(false), MachineModeRulesReader.Load(doors.JumpHost, rules), powerCycle);

        /// <summary>All machines at once; only of those that are to change are the tasks asked for.</summary>
        public async Task<IReadOnlyList<TargetPlan>?> PlanTogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
        {
            var known = MachineModeRulesReader.Load(doors.JumpHost, rules);
            var read = await MachineModeReader.ReadAsync(doors, targets, cancellationToken).ConfigureAwait(false);
            var plans = new List<TargetPlan>();
            foreach (var one in read)
            {
                var plan = one.State is { } state
                    ? MachineModePlanner.Plan(one.Target, state, known, powerCycle)
                    : new TargetPlan { Target = one.Target, NotAssessed = one.Failure, Failure = FailureKind.Failed };
                plans.Add(plan.Changes.Count == 0 ? plan : MachineModePlanner.Plan(one.Target, await MachineModeReader.LookAsync(doors, one.Target, cancellationToken).ConfigureAwait(false), known, powerCycle));
            }

            return plans;
        }

        public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
            new MachineModeChange(doors, target, shutdownTimeout).ApplyAsync(change, cancellationToken);

        public async Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
            MachineModeChange.StandingOf(change, note, await MachineModeReader.LookAsync(doors, target, cancellationToken).ConfigureAwait(false));
    }
}
