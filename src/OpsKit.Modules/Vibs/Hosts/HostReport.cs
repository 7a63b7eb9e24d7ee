using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Modules.Vibs;

/// <summary>A step that reads hosts one beside the other and reports about all of them. A host that cannot be read is not assessed; the others are reported.</summary>
/// <typeparam name="T">What is read of a host.</typeparam>
internal abstract class HostReport<T>(string verb, string? file) : IBoundVerb
    where T : class
{
    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(30);

    public string? ReportFile => file;

    public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
        (await PlanTogetherAsync(doors, [target], cancellationToken).ConfigureAwait(false))![0];

    public async Task<IReadOnlyList<TargetPlan>?> PlanTogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var plans = new TargetPlan[targets.Count];
        var read = new T?[targets.Count];
        await Parallel.ForAsync(0, targets.Count, new ParallelOptions { MaxDegreeOfParallelism = Planner.Width, CancellationToken = cancellationToken }, async (place, token) =>
        {
            try
            {
                var one = read[place] = await ReadAsync(doors, targets[place], token).ConfigureAwait(false);
                plans[place] = new TargetPlan { Target = targets[place], Warnings = [.. Warnings(one)] };
            }
            catch (OpsKitException failure)
            {
                plans[place] = new TargetPlan { Target = targets[place], NotAssessed = failure.What, Failure = failure.Kind };
            }
            catch (VimException failure)
            {
                plans[place] = new TargetPlan { Target = targets[place], NotAssessed = failure.Message, Failure = FailureKind.Failed };
            }
        }).ConfigureAwait(false);

        // What is reported of all belongs to one that was read: of one that was not, nothing is taken.
        if (Array.FindIndex(read, one => one is not null) is >= 0 and var first)
            plans[first] = plans[first] with { Reports = Report([.. read.OfType<T>()]) };
        return plans;
    }

    public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
        throw new OpsKitException(FailureKind.Usage, $"{verb} changes nothing", target.Name);

    public Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
        Task.FromResult(new Standing(Effect.NotDone, "it changes nothing"));

    /// <summary>Reads one host.</summary>
    protected abstract Task<T> ReadAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken);

    /// <summary>What the operator should know of one.</summary>
    protected virtual IEnumerable<string> Warnings(T host) => [];

    /// <summary>Reports about those that were read, in the targets' order.</summary>
    protected abstract IReadOnlyList<ReportTable> Report(IReadOnlyList<T> hosts);
}
