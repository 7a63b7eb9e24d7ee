using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.DiskLimits;

/// <summary><c>disk.policy</c>: limits by datastore or tag. Reports which disks drift from them, and mends those.</summary>
public sealed class DiskPolicyVerb : IVerb
{
    /// <inheritdoc/>
    public string Name => "disk.policy";

    /// <inheritdoc/>
    public string Summary => "Holds the limits of virtual machines' disks to rules by datastore or tag";

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.VirtualMachine;

    /// <inheritdoc/>
    public Impact Impact => Impact.None;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("rules", OptionKind.Texts, "In this order, the first that means a disk holds: datastore:NAME=500, tag:NAME=2KIOps, *=none", null) { Required = true, Placeholder = "RULES", Example = "'datastore:ds01=500'" },
        new("mend", OptionKind.Boolean, "Set the limits of disks that drift; false for the report alone", "true"),
        new("out", OptionKind.Text, "A CSV file for the report of drift, besides the run's folder", "none") { Placeholder = "FILE" },
    ];

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        var rules = new List<LimitPolicy>();
        foreach (var item in with.Items("rules"))
        {
            if (LimitPolicy.TryParse(item.Text, out var rule, out var wrong))
                rules.Add(rule!);
            else
                item.Wrong(wrong);
        }

        if (!with.Has("rules"))
            with.Wrong("\"rules\" is missing: datastore:NAME=500, tag:NAME=2KIOps or *=none");
        return new Bound(rules, with.Boolean("mend") ?? true, with.Text("out"));
    }

    private sealed class Bound(IReadOnlyList<LimitPolicy> rules, bool mends, string? file) : IBoundVerb
    {
        private readonly LimitApplication _application = new(TimeSpan.Zero);

        public TimeSpan DefaultTimeout => TimeSpan.FromHours(1);

        public string? ReportFile => file;

        public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
            (await PlanTogetherAsync(doors, [target], cancellationToken).ConfigureAwait(false))![0];

        public async Task<IReadOnlyList<TargetPlan>?> PlanTogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
        {
            var parts = LimitParts.Bandwidth | LimitParts.Tags | (rules.Any(rule => rule.Limit is not null) ? LimitParts.Ranges : LimitParts.None);
            var seen = await MachineSurvey.ReadAsync(doors, targets, parts, samples: 0, cancellationToken).ConfigureAwait(false);
            var report = PolicyReport.Of([.. seen.Select(one => one.Machine).OfType<LimitedMachine>().SelectMany(machine => PolicyPlanner.Governed(machine, rules))]);
            return LimitEffects.SaidOnce([.. seen.Select((one, place) => (one.Gap ?? PolicyPlanner.Plan(one.Target, one.Machine!, rules, mends)) with { Reports = place == 0 ? [report] : [] })]);
        }

        public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) => _application.ApplyAsync(doors, target, change, cancellationToken);

        public Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
            LimitApplication.ObserveAsync(doors, target, change, note, cancellationToken);
    }
}
