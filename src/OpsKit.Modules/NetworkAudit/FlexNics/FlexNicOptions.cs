namespace OpsKit.Modules.NetworkAudit;

/// <summary>What a step that hides NICs does.</summary>
public sealed record FlexNicOptions
{
    /// <summary>Also unused NICs that are no FlexNICs as far as is known: of hosts that are no blades of an enclosure in the inventory. Default false.</summary>
    public bool AnyUnused { get; init; }

    /// <summary>Whether the host is restarted in maintenance mode where that is needed; else it takes effect with its next restart. Default true.</summary>
    public bool Restart { get; init; } = true;

    /// <summary>How long the server waits for virtual machines to leave: 0 for without limit, else 1 s to 24 h. Default 30 min.</summary>
    public TimeSpan EvacuationTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long after a restart the host must answer steadily: 0 to 1 h. Default 1 min.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(1);
}
