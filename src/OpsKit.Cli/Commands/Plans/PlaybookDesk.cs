using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Probes;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;

namespace OpsKit.Cli.Commands.Plans;

/// <summary>What planning and running a playbook from the console takes: the inventory it means, sessions, and what guards reach the world with.</summary>
internal sealed class PlaybookDesk : IAsyncDisposable
{
    private readonly CommandContext _context;

    private PlaybookDesk(CommandContext context, PlaybookSource source)
    {
        _context = context;
        Source = source;
        RunHost = RunHostOf(context);
        var (estate, inventoryFile) = context.LoadEstate(source.Inventory ?? source.Playbook.Inventory);
        var folder = source.File is { } file ? Path.GetDirectoryName(file) : null;
        var guards = context.Doors.Guards(GuardDoors.From(RunHost, folder));
        Doors = new RunDoors(estate, RunHost, context.Access.OpenAsync, context.Access.Ssh, context.Access.Secrets, context.Access.XmlData, guards.Icmp) { Ports = context.Doors.Ports(PortProbes.From(RunHost.Clock)) };
        Run = new PlaybookRun(source.Playbook, source.Text, Doors, guards)
        {
            Vars = source.Vars,
            Limit = source.TargetLimit,
            File = source.File,
            InventoryFile = inventoryFile,
            ReportFolder = context.Doors.ReportFolder,
        };
    }

    public PlaybookSource Source { get; }

    /// <summary>The jump host with the clock runs go by.</summary>
    public JumpHost RunHost { get; }

    public RunDoors Doors { get; }

    public PlaybookRun Run { get; }

    public Playbook Playbook => Source.Playbook;

    /// <summary>Finds the inventory and prepares sessions; contacts nothing.</summary>
    /// <exception cref="OpsKitException">There is no inventory, or it is invalid.</exception>
    public static PlaybookDesk Open(CommandContext context, PlaybookSource source) => new(context, source);

    /// <summary>The jump host with the clock runs go by: a rehearsal's is the lab's.</summary>
    public static JumpHost RunHostOf(CommandContext context) => context.Doors.RunClock is { } clock ? context.JumpHost with { Clock = clock } : context.JumpHost;

    /// <summary>Observes and plans; a saved plan must still hold.</summary>
    /// <exception cref="OpsKitException">It cannot be planned, or the saved plan is stale.</exception>
    public async Task<Plan> PlanAsync(CancellationToken ct)
    {
        var plan = await Run.PlanAsync(ct);
        if (Source.Saved is { } saved)
            PlanComparison.RequireFresh(saved.Plan, plan, "the plan");
        return plan;
    }

    public ValueTask DisposeAsync() => Doors.DisposeAsync();
}
