using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.Maintenance;

/// <summary>What is seen of a host before and during its maintenance.</summary>
public sealed record MaintenanceState
{
    /// <summary><c>connected</c>, <c>disconnected</c> or <c>notResponding</c>.</summary>
    public required string ConnectionState { get; init; }

    /// <summary>Whether it is in maintenance mode.</summary>
    public required bool InMaintenanceMode { get; init; }

    /// <summary>When it started; null where the server does not say.</summary>
    public DateTimeOffset? BootTime { get; init; }

    /// <summary>Its virtual machines that run.</summary>
    public IReadOnlyList<string> Running { get; init; } = [];

    /// <summary>Its virtual machines that do not run.</summary>
    public int NotRunning { get; init; }

    /// <summary>How its cluster balances load: <c>fullyAutomated</c>, <c>partiallyAutomated</c>, <c>manual</c>; null without DRS or cluster.</summary>
    public string? Drs { get; init; }

    /// <summary>Whether its cluster restarts machines of hosts that fail (HA); null where it is in no cluster.</summary>
    public bool? HighAvailability { get; init; }

    /// <summary>Hosts of the cluster besides it that are connected and not in maintenance mode.</summary>
    public int OthersReady { get; init; }

    /// <summary>Its recent tasks, oldest first; as they stood before the rest was read, so that what a task that is over did is seen.</summary>
    public IReadOnlyList<RecentTask> Tasks { get; init; } = [];
}
