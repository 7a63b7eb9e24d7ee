using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Modules.Licensing;

/// <summary>Reports as steps of a playbook: <c>license.list</c>, <c>license.vram</c>, <c>license.cores</c>. They read every vCenter of the inventory and change nothing.</summary>
public sealed class LicensingVerb : IVerb
{
    private readonly LicensingParts _parts;
    private readonly Func<LicensingEstate, LicensingTables, ReportTable> _report;

    private LicensingVerb(string name, string summary, LicensingParts parts, Func<LicensingEstate, LicensingTables, ReportTable> report) =>
        (Name, Summary, _parts, _report) = (name, summary, parts, report);

    /// <summary>The verbs.</summary>
    public static IReadOnlyList<IVerb> All { get; } =
    [
        new LicensingVerb(
            "license.list",
            "Reports licence keys, masked: edition, total, used, assigned to, expiry",
            LicensingParts.None,
            (estate, tables) => LicenseListReport.Of(LicenseInventory.List(estate, tables))),
        new LicensingVerb(
            "license.vram",
            "Reports vRAM configured, used and entitled, by pool",
            LicensingParts.Machines,
            (estate, tables) => VramReport.Of(VramCalculator.Calculate(estate, tables, new VramOptions()))),
        new LicensingVerb(
            "license.cores",
            "Reports cores to license, by host",
            LicensingParts.Settings,
            (estate, tables) => CoreReport.Of(CoreCalculator.Calculate(estate, tables))),
    ];

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Summary { get; }

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.None;

    /// <inheritdoc/>
    public Impact Impact => Impact.None;

    /// <inheritdoc/>
    public bool Changes => false;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("out", OptionKind.Text, "A CSV file for the report, besides the run's folder", "none"),
        new("tables", OptionKind.Text, "A file of licence tables instead of the usual ones", "the configured or built-in ones"),
    ];

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new Bound(this, with.Text("out"), with.Text("tables"));
    }

    private sealed class Bound(LicensingVerb verb, string? file, string? tables) : IBoundVerb
    {
        public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(30);

        public string? ReportFile => file;

        public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken)
        {
            var facts = LicensingTablesReader.Load(doors.JumpHost, tables);
            var read = await Task.WhenAll(doors.Estate.VCenters.Select(vCenter => OneAsync(doors, vCenter, facts, cancellationToken))).ConfigureAwait(false);
            var estate = new LicensingEstate(read.Select(one => one.State).OfType<LicensingState>(), read.Select(one => one.Unreached).OfType<UnreachedVCenter>());
            return new TargetPlan { Target = target, Reports = [verb._report(estate, facts)] };
        }

        public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
            throw new OpsKitException(FailureKind.Usage, $"{verb.Name} changes nothing", target.Name);

        public Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
            Task.FromResult(new Standing(Effect.NotDone, "it changes nothing"));

        private async Task<(LicensingState? State, UnreachedVCenter? Unreached)> OneAsync(
            IPlanningDoors doors, VCenterEndpoint vCenter, LicensingTables facts, CancellationToken cancellationToken)
        {
            try
            {
                var queries = await doors.QueriesAsync(vCenter.Name, cancellationToken).ConfigureAwait(false);
                var reader = new LicensingReader(queries.Queries, queries.Content, queries.Properties, doors.JumpHost.Clock);
                return (await reader.ReadAsync(vCenter, verb._parts, facts.Cores, cancellationToken).ConfigureAwait(false), null);
            }
            catch (OpsKitException failure)
            {
                return (null, new UnreachedVCenter(vCenter.Name, vCenter.LinkedGroup, failure.What));
            }
            catch (VimException failure)
            {
                return (null, new UnreachedVCenter(vCenter.Name, vCenter.LinkedGroup, failure.Message));
            }
        }
    }
}
