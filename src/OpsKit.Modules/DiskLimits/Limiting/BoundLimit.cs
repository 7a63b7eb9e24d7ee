using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.DiskLimits;

/// <summary><c>disk.limit</c> with its options.</summary>
internal sealed class BoundLimit(DiskLimitOptions options) : IBoundVerb
{
    private readonly LimitApplication _application = new(options.Prove);

    /// <summary>Hundreds of machines of one host wait for each other; one that is measured takes as long as that.</summary>
    public TimeSpan DefaultTimeout => TimeSpan.FromHours(1) + (2 * options.Prove);

    public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
        (await PlanTogetherAsync(doors, [target], cancellationToken).ConfigureAwait(false))![0];

    public async Task<IReadOnlyList<TargetPlan>?> PlanTogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var old = options.Undo is { } file
            ? UndoReader.Read(doors.JumpHost, file).ToDictionary(entry => (entry.VCenter.ToLowerInvariant(), entry.Id))
            : null;
        var parts = LimitParts.Bandwidth | (options.Iops is null ? LimitParts.None : LimitParts.Ranges);
        var seen = await MachineSurvey.ReadAsync(doors, targets, parts, samples: options.Above is null ? 0 : 1, cancellationToken).ConfigureAwait(false);
        return LimitEffects.SaidOnce([.. seen.Select(one => one.Gap ?? (old is null
            ? DiskLimitPlanner.Plan(one.Target, one.Machine!, options)
            : UndoPlanner.Plan(one.Target, one.Machine!, old.GetValueOrDefault(((one.Target.VCenter ?? "").ToLowerInvariant(), one.Machine!.Machine.Reference.Value)))))]);
    }

    public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) => _application.ApplyAsync(doors, target, change, cancellationToken);

    public Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
        LimitApplication.ObserveAsync(doors, target, change, note, cancellationToken);
}

/// <summary>Carries out the changes of a step, whatever planned them.</summary>
/// <param name="prove">How long counters are read before and after; zero for not at all.</param>
internal sealed class LimitApplication(TimeSpan prove)
{
    private readonly InFlight _flights = new();
    private readonly UndoWriter _undo = new();

    public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
        new DiskLimitChange(doors, target, prove, _flights, _undo).ApplyAsync(change, cancellationToken);

    /// <summary>The tasks first, then what they did: what a task that is over has done is seen.</summary>
    public static async Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken)
    {
        if (target is not { VCenter: { } vCenter, Reference: { } machine })
            throw new OpsKitException(FailureKind.Usage, "is in no vCenter", target.Name);
        var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
        var tasks = await ReconfigurationTasks.ReadAsync(queries, machine, cancellationToken).ConfigureAwait(false);
        return LimitStanding.Of(LimitOrder.From(change), note, await MachineNow.ReadAsync(queries, machine, cancellationToken).ConfigureAwait(false), tasks);
    }
}
