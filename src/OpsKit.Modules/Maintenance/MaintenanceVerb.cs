using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Maintenance;

/// <summary>The verbs on hosts: <c>host.enter-maintenance</c>, <c>host.exit-maintenance</c>, <c>host.reboot</c>, and all of it host by host, <c>host.rolling-maintenance</c>.</summary>
public sealed class MaintenanceVerb : IVerb
{
    private static readonly OptionSpec Evacuation = new(
        "evacuation-timeout", OptionKind.Duration, "How long the server waits for the VMs to leave, 1s to 24h; 0s for without limit", "30m");

    private static readonly OptionSpec PoweredOff = new("evacuate-powered-off", OptionKind.Boolean, "Move VMs that are switched off, too", "false");

    private static readonly OptionSpec Settling = new("settle", OptionKind.Duration, "How long after a restart the host must answer steadily, 0s to 1h", "1m");

    private static readonly OptionSpec Holding = new("hold", OptionKind.Duration, "How long the host stays in maintenance mode, 0s to 24h", "0s");

    private static readonly OptionSpec Restarting = new("reboot", OptionKind.Boolean, "Restart the host while in maintenance mode", "false");

    private readonly MaintenanceOptions _does;

    private MaintenanceVerb(string name, string summary, Impact impact, MaintenanceOptions does, params OptionSpec[] options) =>
        (Name, Summary, Impact, _does, Options) = (name, summary, impact, does, options);

    /// <summary>The verbs.</summary>
    public static IReadOnlyList<IVerb> All { get; } =
    [
        new MaintenanceVerb("host.enter-maintenance", "Puts hosts into maintenance mode; their VMs move away first", Impact.MaintenanceMode, new() { Enter = true }, Evacuation, PoweredOff),
        new MaintenanceVerb("host.exit-maintenance", "Takes hosts out of maintenance mode", Impact.None, new() { Exit = true }),
        new MaintenanceVerb("host.reboot", "Restarts hosts that are in maintenance mode and waits until they are ready", Impact.HostReboot, new() { Reboot = true }, Settling),
        new MaintenanceVerb(
            "host.rolling-maintenance",
            "Maintenance host by host: enter, restart if asked, hold, exit",
            Impact.HostReboot,
            new() { Enter = true, Exit = true },
            Holding,
            Restarting,
            Evacuation,
            PoweredOff,
            Settling),
    ];

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Summary { get; }

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.Host;

    /// <inheritdoc/>
    public Impact Impact { get; }

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; }

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        var day = TimeSpan.FromHours(24);
        var options = _does;
        if (Options.Contains(Evacuation))
            options = options with { EvacuationTimeout = with.Duration(Evacuation.Name, TimeSpan.Zero, day) ?? options.EvacuationTimeout };
        if (Options.Contains(PoweredOff))
            options = options with { EvacuatePoweredOff = with.Boolean(PoweredOff.Name) ?? false };
        if (Options.Contains(Settling))
            options = options with { Settle = with.Duration(Settling.Name, TimeSpan.Zero, TimeSpan.FromHours(1)) ?? options.Settle };
        if (Options.Contains(Holding))
            options = options with { Hold = with.Duration(Holding.Name, TimeSpan.Zero, day) is { Ticks: > 0 } hold ? hold : null };
        if (Options.Contains(Restarting))
            options = options with { Reboot = with.Boolean(Restarting.Name) ?? false };
        return new Bound(options);
    }

    private sealed class Bound(MaintenanceOptions options) : IBoundVerb
    {
        // An evacuation without limit still ends; a restart of a large host takes half an hour.
        public TimeSpan DefaultTimeout => TimeSpan.FromHours(1) + options.EvacuationTimeout + (options.Hold ?? TimeSpan.Zero);

        public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken)
        {
            if (target is not { VCenter: { } vCenter, Reference: { } host })
                return new TargetPlan { Target = target, Blockers = ["no vCenter of the inventory has this host; maintenance mode is asked for through vCenter"] };
            var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
            return MaintenancePlanner.Plan(target, await MaintenanceReader.ReadAsync(queries, host, cancellationToken).ConfigureAwait(false), options);
        }

        public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
            new MaintenanceChange(doors, target, options).ApplyAsync(change, cancellationToken);

        public async Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken)
        {
            if (target is not { VCenter: { } vCenter, Reference: { } host })
                throw new OpsKitException(FailureKind.Usage, "is in no vCenter", target.Name);
            var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
            return MaintenanceStanding.Of(change, note, await MaintenanceReader.LookAsync(queries, host, cancellationToken).ConfigureAwait(false));
        }
    }
}
