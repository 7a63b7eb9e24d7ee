using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.DiskLimits;

/// <summary>The reports on virtual machines' disks: <c>disk.top</c>, what they do; <c>disk.limits</c>, what limits them. They change nothing.</summary>
public sealed class DiskReportVerb : IVerb
{
    private static readonly IReadOnlyDictionary<string, TopBy> TopOrders = new Dictionary<string, TopBy>(StringComparer.Ordinal)
    {
        ["iops"] = TopBy.Iops, ["throughput"] = TopBy.Throughput, ["latency"] = TopBy.Latency,
    };

    private static readonly IReadOnlyDictionary<string, LimitsBy> LimitRows = new Dictionary<string, LimitsBy>(StringComparer.Ordinal)
    {
        ["disk"] = LimitsBy.Disk, ["vm"] = LimitsBy.Machine, ["datastore"] = LimitsBy.Datastore,
    };

    private readonly Func<YamlMap, Bound> _bind;

    private DiskReportVerb(string name, string summary, Func<YamlMap, Bound> bind, params OptionSpec[] options)
    {
        (Name, Summary, _bind) = (name, summary, bind);
        Options = [.. options, new OptionSpec("out", OptionKind.Text, "A CSV file for the report, besides the run's folder", "none") { Placeholder = "FILE" }];
    }

    /// <summary><c>disk.top</c>.</summary>
    public static DiskReportVerb Top { get; } = new(
        "disk.top",
        "Reports the busiest disks of virtual machines, from the real-time counters",
        with => new Bound(LimitParts.None, TopOf(with), default, false, with.Text("out")),
        new OptionSpec("by", OptionKind.Choice, "Order", "iops") { Choices = [.. TopOrders.Keys] },
        new OptionSpec("interval", OptionKind.Duration, "Time the figures are the average of, 20s to 1h, in samples of 20s", "20s"),
        new OptionSpec("count", OptionKind.Integer, "How many disks, 0 for all", "20"))
    {
        Refreshes = DiskLoadReader.Sample,
    };

    /// <summary><c>disk.limits</c>.</summary>
    public static DiskReportVerb Limits { get; } = new(
        "disk.limits",
        "Reports I/O limits of virtual disks, and which of them the hosts enforce",
        with => new Bound(LimitParts.Bandwidth, null, with.Choice("by", LimitRows) ?? LimitsBy.Disk, with.Boolean("limited") ?? false, with.Text("out")),
        new OptionSpec("by", OptionKind.Choice, "Rows: disk, vm for a machine's disks on a datastore with their sum, datastore", "disk") { Choices = [.. LimitRows.Keys] },
        new OptionSpec("limited", OptionKind.Boolean, "Only what has a limit or a bandwidth cap", "false"));

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Summary { get; }

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.VirtualMachine;

    /// <inheritdoc/>
    public Impact Impact => Impact.None;

    /// <inheritdoc/>
    public bool Changes => false;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; }

    /// <inheritdoc/>
    public TimeSpan? Refreshes { get; private init; }

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return _bind(with);
    }

    private static DiskTopOptions TopOf(YamlMap with) => new()
    {
        By = with.Choice("by", TopOrders) ?? TopBy.Iops,
        Interval = with.Duration("interval", DiskLoadReader.Sample, DiskLoadReader.Kept) ?? DiskLoadReader.Sample,
        Count = (int)(with.Integer("count", 0, 1_000_000) ?? 20),
    };

    private sealed class Bound(LimitParts parts, DiskTopOptions? top, LimitsBy by, bool limited, string? file) : IBoundVerb
    {
        public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(30);

        public string? ReportFile => file;

        public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
            (await PlanTogetherAsync(doors, [target], cancellationToken).ConfigureAwait(false))![0];

        public async Task<IReadOnlyList<TargetPlan>?> PlanTogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
        {
            var seen = await MachineSurvey.ReadAsync(doors, targets, parts, top?.Samples ?? 0, cancellationToken).ConfigureAwait(false);
            var machines = seen.Select(one => one.Machine).OfType<LimitedMachine>().ToList();
            var unread = machines.Where(machine => machine.Machine.Unread is not null).Select(machine => new NotAssessed(machine.Machine.Name, machine.Machine.Unread!)).ToList();
            var report = top is null ? DiskLimitsReport.Of(machines, by, limited, unread) : DiskTopReport.Of(machines, top, unread);
            return [.. seen.Select((one, place) => (one.Gap ?? new TargetPlan { Target = one.Target }) with { Reports = place == 0 && machines.Count > 0 ? [report] : [] })];
        }

        public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
            throw new OpsKitException(FailureKind.Usage, "the verb changes nothing", target.Name);

        public Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
            Task.FromResult(new Standing(Effect.NotDone, "it changes nothing"));
    }
}
