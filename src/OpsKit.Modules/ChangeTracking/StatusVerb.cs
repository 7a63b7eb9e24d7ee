using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.ChangeTracking;

/// <summary><c>cbt.status</c>: reports, disk by disk, whether blocks are tracked in fact. Changes nothing.</summary>
public sealed class StatusVerb : IVerb
{
    /// <inheritdoc/>
    public string Name => "cbt.status";

    /// <inheritdoc/>
    public string Summary => "Reports changed block tracking by disk: flag, tracked in fact, why not";

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.VirtualMachine;

    /// <inheritdoc/>
    public Impact Impact => Impact.None;

    /// <inheritdoc/>
    public bool Changes => false;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("wide", OptionKind.Boolean, "Columns of host, changeId and -ctk.vmdk file, too", "false"),
        new("out", OptionKind.Text, "A CSV file for the report, besides the run's folder", "none"),
    ];

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new Bound(with.Boolean("wide") ?? false, with.Text("out"));
    }

    private sealed class Bound(bool wide, string? file) : IBoundVerb
    {
        public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(30);

        public string? ReportFile => file;

        public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
            (await PlanTogetherAsync(doors, [target], cancellationToken).ConfigureAwait(false))![0];

        public async Task<IReadOnlyList<TargetPlan>?> PlanTogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
        {
            var facts = ChangeTrackingFactsReader.Load(doors.JumpHost);
            var machines = await TrackedMachines.ReadAsync(doors, targets, cancellationToken).ConfigureAwait(false);
            var plans = targets.Select(target => machines.StateOf(target) is null ? machines.Unread(target) : new TargetPlan { Target = target }).ToList();
            if (plans.FindIndex(plan => plan.NotAssessed is null) is >= 0 and var first)
                plans[first] = plans[first] with { Reports = [ChangeTrackingReport.Of(machines.All, facts, doors.JumpHost.Clock.GetUtcNow(), wide)] };
            return plans;
        }

        public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
            throw new OpsKitException(FailureKind.Usage, "cbt.status changes nothing", target.Name);

        public Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
            Task.FromResult(new Standing(Effect.NotDone, "it changes nothing"));
    }
}
