namespace OpsKit.Modules.Maintenance;

/// <summary>What a maintenance step does.</summary>
public sealed record MaintenanceOptions
{
    /// <summary>Whether the host is to enter maintenance mode.</summary>
    public bool Enter { get; init; }

    /// <summary>Whether it is restarted while in maintenance mode.</summary>
    public bool Reboot { get; init; }

    /// <summary>How long it stays in maintenance mode before it leaves it; null for not at all.</summary>
    public TimeSpan? Hold { get; init; }

    /// <summary>Whether it is to leave maintenance mode.</summary>
    public bool Exit { get; init; }

    /// <summary>How long the server waits for the virtual machines to leave: 0 for without limit, else 1 s to 24 h. Default 30 min.</summary>
    public TimeSpan EvacuationTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether machines that are switched off are moved away, too. Default false.</summary>
    public bool EvacuatePoweredOff { get; init; }

    /// <summary>How long after a restart the host must answer steadily before it counts as ready: 0 to 1 h. Default 1 min.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(1);
}
