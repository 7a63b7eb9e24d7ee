using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>The verbs that change changed block tracking: <c>cbt.enable</c>, <c>cbt.disable</c>, <c>cbt.reset</c>.</summary>
public sealed class ChangeTrackingVerb : IVerb
{
    private const int MostAtOnce = 64;
    private const int MostFreePercent = 90;

    private static readonly OptionSpec WithSnapshots = new(
        "with-snapshots", OptionKind.Boolean, "Go on although a VM has snapshots; what was written before tracking began cannot be told then", "false");

    private static readonly OptionSpec LeaveOut = new(
        "leave-out", OptionKind.Boolean, "Leave out what cannot be tracked (templates, fault tolerance, old hardware) instead of refusing it", "false");

    private static readonly OptionSpec Wait = new(
        "wait", OptionKind.Duration, "How long a change waits for a backup, a migration or another task of the VM to end, 0s to 24h", "10m");

    private static readonly OptionSpec Free = new(
        "free-percent", OptionKind.Integer, $"The least free space of each datastore of a VM, in percent, 0 to {MostFreePercent}", "5");

    private static readonly OptionSpec PerHost = new("per-host", OptionKind.Integer, $"How many VMs of a host are changed at a time, 1 to {MostAtOnce}", "2");

    private static readonly OptionSpec PerDatastore = new("per-datastore", OptionKind.Integer, $"How many VMs on a datastore are changed at a time, 1 to {MostAtOnce}", "4");

    private readonly TrackingGoal _goal;

    private ChangeTrackingVerb(string name, string summary, TrackingGoal goal, params OptionSpec[] options) => (Name, Summary, _goal, Options) = (name, summary, goal, options);

    /// <summary>The verbs.</summary>
    public static IReadOnlyList<IVerb> All { get; } =
    [
        new ChangeTrackingVerb(
            "cbt.enable", "Switches changed block tracking on, with the stun it takes, and proves it", TrackingGoal.Enabled, WithSnapshots, LeaveOut, Wait, Free, PerHost, PerDatastore),
        new ChangeTrackingVerb(
            "cbt.disable", "Switches changed block tracking off, with the stun it takes, and proves it", TrackingGoal.Disabled, LeaveOut, Wait, Free, PerHost, PerDatastore),
        new ChangeTrackingVerb(
            "cbt.reset", "Begins changed block tracking anew: off and on again, each with a stun", TrackingGoal.Reset, WithSnapshots, LeaveOut, Wait, Free, PerHost, PerDatastore),
    ];

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Summary { get; }

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.VirtualMachine;

    /// <inheritdoc/>
    public Impact Impact => Impact.Stun;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; }

    /// <inheritdoc/>
    public bool TakesAllAtOnce => true;

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        var usual = new ChangeTrackingOptions { Goal = _goal };
        return new Bound(usual with
        {
            WithSnapshots = Options.Contains(WithSnapshots) && with.Boolean(WithSnapshots.Name) == true,
            LeaveOut = with.Boolean(LeaveOut.Name) ?? usual.LeaveOut,
            Wait = with.Duration(Wait.Name, TimeSpan.Zero, TimeSpan.FromHours(24)) ?? usual.Wait,
            FreePercent = (int)(with.Integer(Free.Name, 0, MostFreePercent) ?? usual.FreePercent),
            PerHost = (int)(with.Integer(PerHost.Name, 1, MostAtOnce) ?? usual.PerHost),
            PerDatastore = (int)(with.Integer(PerDatastore.Name, 1, MostAtOnce) ?? usual.PerDatastore),
        });
    }

    private sealed class Bound(ChangeTrackingOptions options) : IBoundVerb
    {
        // Removing a snapshot of a busy machine takes its time.
        public TimeSpan DefaultTimeout => options.Wait + TimeSpan.FromHours(2);

        public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
            (await PlanTogetherAsync(doors, [target], cancellationToken).ConfigureAwait(false))![0];

        public async Task<IReadOnlyList<TargetPlan>?> PlanTogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
        {
            var facts = ChangeTrackingFactsReader.Load(doors.JumpHost);
            var machines = await TrackedMachines.ReadAsync(doors, targets, cancellationToken).ConfigureAwait(false);
            var now = doors.JumpHost.Clock.GetUtcNow();
            return [.. targets.Select(target => machines.StateOf(target) is { } state ? ChangeTrackingPlanner.Plan(target, state, options, facts, now) : machines.Unread(target))];
        }

        public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
            new ChangeTrackingChange(doors, target, options, ChangeTrackingFactsReader.Load(doors.JumpHost)).ApplyAsync(change, cancellationToken);

        public async Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken)
        {
            if (target is not { VCenter: { } vCenter, Reference: { } machine })
                throw new OpsKitException(FailureKind.Usage, "is in no vCenter", target.Name);
            var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
            return ChangeTrackingStanding.Of(change, note, await ChangeTrackingReader.LookAsync(queries, machine, cancellationToken).ConfigureAwait(false));
        }
    }
}
