using OpsKit.Connections.Yaml;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Runs;

/// <summary>A verb on hosts that does what the test says. Without a word of it, each host has one change, and it goes well.</summary>
internal sealed class ScriptedVerb : IVerb, IBoundVerb
{
    public string Name { get; init; } = "test.scripted";

    public string Summary => "Does what the test says";

    public TargetKind TargetKind { get; init; } = TargetKind.Host;

    public Impact Impact { get; init; } = Impact.Stun;

    public bool Changes { get; init; } = true;

    public IReadOnlyList<OptionSpec> Options => [];

    public TimeSpan DefaultTimeout => TimeSpan.FromHours(1);

    public Func<Target, TargetPlan> Plan { get; set; } = target => new TargetPlan { Target = target, Changes = [Change("one")] };

    public Func<IReadOnlyList<Target>, IReadOnlyList<TargetPlan>?> Together { get; set; } = _ => null;

    public Func<IApplyingDoors, Target, PlannedChange, CancellationToken, Task<ChangeResult>> Apply { get; set; } =
        (_, _, change, _) => Task.FromResult(new ChangeResult(change.After));

    public Func<Target, PlannedChange, string?, Standing> Observe { get; set; } = (_, _, _) => new Standing(Effect.NotDone, "nothing seen");

    public Func<IReadOnlyList<Target>, IReadOnlyList<PingGuardSpec>> Guards { get; set; } = _ => [];

    public IReadOnlyList<PingGuardSpec> GuardsOf(IReadOnlyList<Target> targets) => Guards(targets);

    public static PlannedChange Change(string id, Impact impact = Impact.Stun) =>
        new() { Id = id, Summary = $"do {id}", Before = $"{id} not done", After = $"{id} done", Impact = impact };

    public IBoundVerb Bind(YamlMap with) => this;

    public Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) => Task.FromResult(Plan(target));

    public Task<IReadOnlyList<TargetPlan>?> PlanTogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken) => Task.FromResult(Together(targets));

    public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
        Apply(doors, target, change, cancellationToken);

    public Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
        Task.FromResult(Observe(target, change, note));
}
