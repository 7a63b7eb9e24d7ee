using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.VirtualConnect.IloReset;

/// <summary><c>vc.reset-ilo</c>: restarts the iLO of a blade, so that Virtual Connect hands it its profile.</summary>
public sealed class IloResetVerb : IVerb
{
    private const int MostBays = 16;

    private static readonly OptionSpec Bay = new("bay", OptionKind.Integer, "The blade's bay, 1 to 16", null) { Required = true, Positional = true };

    /// <inheritdoc/>
    public string Name => "vc.reset-ilo";

    /// <inheritdoc/>
    public string Summary => "Restarts a blade's iLO, so that it gets its Virtual Connect profile";

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.Enclosure;

    /// <inheritdoc/>
    public Impact Impact => Impact.NetworkPath;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; } = [Bay];

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        if (!with.Has(Bay.Name))
            with.Wrong("\"bay\" is missing: the number of the blade's bay, 1 to 16");
        return new Bound(new IloResetOptions((int)(with.Integer(Bay.Name, 1, MostBays) ?? 1)));
    }

    private sealed class Bound(IloResetOptions options) : IBoundVerb
    {
        public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(15);

        public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
            IloResetPlanner.Plan(target, await IloResetReader.ReadAsync(doors, target.Name, options.Bay, cancellationToken).ConfigureAwait(false), options);

        public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
            new IloResetChange(doors, target, options).ApplyAsync(cancellationToken);

        public async Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
            IloResetStanding.Of(note, await IloResetReader.GlanceAsync(doors, target.Name, options.Bay, cancellationToken).ConfigureAwait(false));
    }
}
