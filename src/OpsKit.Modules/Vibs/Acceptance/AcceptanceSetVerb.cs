using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Vibs;

/// <summary><c>vib.acceptance-set</c>: sets which VIBs hosts take.</summary>
public sealed class AcceptanceSetVerb : IVerb
{
    private static readonly IReadOnlyDictionary<string, VibAcceptanceLevel> Levels =
        Enum.GetValues<VibAcceptanceLevel>().ToDictionary(level => level.ToString(), level => level, StringComparer.Ordinal);

    private static readonly OptionSpec Level = new("level", OptionKind.Choice, "The level; hosts take VIBs of it and of stricter ones", null) { Required = true, Example = "VMwareAccepted", Choices = [.. Levels.Keys] };

    /// <inheritdoc/>
    public string Name => "vib.acceptance-set";

    /// <inheritdoc/>
    public string Summary => "Sets the acceptance level of hosts: which VIBs they take";

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.Host;

    /// <inheritdoc/>
    public Impact Impact => Impact.None;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; } = [Level];

    /// <inheritdoc/>
    public IReadOnlyList<string> CommandWords { get; } = ["vib", "acceptance", "set"];

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return with.RequiredText(Level.Name).Length > 0 && with.Choice(Level.Name, Levels) is { } level ? new Bound(level) : new Bound(VibAcceptanceLevel.PartnerSupported);
    }

    private sealed class Bound(VibAcceptanceLevel wanted) : IBoundVerb
    {
        public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(10);

        public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
            AcceptancePlanner.Plan(target, await HostSoftwareReader.LooseAsync(await HostShells.OpenAsync(doors, target, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false), wanted);

        public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
            AcceptanceChange.ApplyAsync(doors, target, change, cancellationToken);

        public async Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
            AcceptancePlanner.Standing(change, await HostSoftwareReader.LevelAsync(await HostShells.OpenAsync(doors, target, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));
    }
}
