using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>A verb that reads hosts, or machines, together and reports on each of them.</summary>
internal abstract class ReadingVerb : IVerb
{
    /// <summary>The file for a playbook's report; on the console <c>--out</c> stands for it.</summary>
    protected static readonly OptionSpec Out = new("out", OptionKind.Text, "A file for the report, besides the run's folder: .csv, .json, .html or .dot", "none") { Placeholder = "FILE" };

    public abstract string Name { get; }

    public abstract string Summary { get; }

    public abstract IReadOnlyList<OptionSpec> Options { get; }

    public virtual TargetKind TargetKind => TargetKind.Host;

    public Impact Impact => Impact.None;

    public bool Changes => false;

    public virtual bool Draws => false;

    public abstract IBoundVerb Bind(YamlMap with);

    /// <summary>A verb with its options: reads all targets, then makes the reports of each.</summary>
    protected abstract class Bound(string name, string? file) : IBoundVerb
    {
        public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(30);

        public string? ReportFile => file;

        public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
            (await TogetherAsync(doors, [target], cancellationToken).ConfigureAwait(false))[0];

        public async Task<IReadOnlyList<TargetPlan>?> PlanTogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken) =>
            await TogetherAsync(doors, targets, cancellationToken).ConfigureAwait(false);

        public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
            throw new OpsKitException(FailureKind.Usage, $"{name} changes nothing", target.Name);

        public Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
            Task.FromResult(new Standing(Effect.NotDone, "it changes nothing"));

        /// <summary>One plan a target, in their order.</summary>
        protected abstract Task<IReadOnlyList<TargetPlan>> TogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken);

        /// <summary>The plans of what was observed: the reports of each target, or that it could not be assessed.</summary>
        protected static IReadOnlyList<TargetPlan> Plans<T>(IEnumerable<Observed<T>> observed, Func<Target, T, IReadOnlyList<ReportTable>> report, Func<NotAssessed, ReportTable> missing)
            where T : class =>
        [
            .. observed.Select(one => new TargetPlan
            {
                Target = one.Target,
                Reports = one.State is { } state ? report(one.Target, state) : [missing(new NotAssessed(one.Target.Name, one.Failure ?? "unknown"))],
            }),
        ];
    }
}
