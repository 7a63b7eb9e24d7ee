using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;

namespace OpsKit.Engine.Verbs;

/// <summary><c>pause</c>: shows instructions and waits for a human.</summary>
public sealed class PauseVerb : IVerb
{
    /// <inheritdoc/>
    public string Name => "pause";

    /// <inheritdoc/>
    public string Summary => "Shows instructions and waits until the operator goes on";

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.None;

    /// <inheritdoc/>
    public Impact Impact => Impact.None;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; } = [new("instructions", OptionKind.Text, "What the operator is to do before going on", null) { Required = true }];

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new Bound(with.RequiredText("instructions"));
    }

    private sealed class Bound(string instructions) : IBoundVerb
    {
        public TimeSpan DefaultTimeout => TimeSpan.FromHours(24);

        public Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) => Task.FromResult(new TargetPlan
        {
            Target = target,
            Changes = [new PlannedChange { Id = "pause", Summary = instructions, Before = "waiting for the operator", After = "the operator went on", Impact = Impact.None }],
        });

        public async Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
            await doors.AskAsync(instructions, cancellationToken).ConfigureAwait(false)
                ? new ChangeResult(change.After)
                : throw new OpsKitException(FailureKind.StoppedByGuard, "the operator did not go on", target.Name);

        public Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
            Task.FromResult(new Standing(Effect.NotDone, "the question is asked again"));
    }
}
