using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Playbooks;

/// <summary>A verb that is only read, with an option of each kind.</summary>
internal sealed class TestVerb(string name, TargetKind kind, Impact impact) : IVerb, IBoundVerb
{
    public static IReadOnlyList<IVerb> All { get; } =
    [
        new TestVerb("test.enclosures", TargetKind.Enclosure, Impact.NetworkPath),
        new TestVerb("test.hosts", TargetKind.Host, Impact.MaintenanceMode),
        new TestVerb("test.machines", TargetKind.VirtualMachine, Impact.Stun),
        new TestVerb("test.report", TargetKind.None, Impact.None),
        new TestVerb("test.vcenters", TargetKind.VCenter, Impact.None),
        new PauseVerb(),
    ];

    public string Name => name;

    public string Summary => $"Works on things called {kind}";

    public TargetKind TargetKind => kind;

    public Impact Impact => impact;

    public bool Changes => impact > Impact.None;

    public IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("text", OptionKind.Text, "A text", "none"),
        new("texts", OptionKind.Texts, "Some texts", "none"),
        new("integer", OptionKind.Integer, "A number from 1 to 9", "1"),
        new("boolean", OptionKind.Boolean, "Whether it is", "false"),
        new("duration", OptionKind.Duration, "A time from 1s to 1h", "1m"),
        new("choice", OptionKind.Choice, "One of two", "red") { Choices = ["red", "blue"] },
    ];

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(1);

    public IBoundVerb Bind(YamlMap with)
    {
        with.Text("text");
        with.Texts("texts");
        with.Integer("integer", 1, 9);
        with.Boolean("boolean");
        with.Duration("duration", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        with.Choice("choice", new Dictionary<string, int>(StringComparer.Ordinal) { ["red"] = 1, ["blue"] = 2 });
        return this;
    }

    public Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) => throw new NotSupportedException();
}
