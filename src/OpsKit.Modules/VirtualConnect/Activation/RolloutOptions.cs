namespace OpsKit.Modules.VirtualConnect;

/// <summary>How modules are reset, one after the other, to run what was written to them.</summary>
public sealed record RolloutOptions
{
    /// <summary>How firmware is written, and which version is to run.</summary>
    public required StageOptions Stage { get; init; }

    /// <summary>The bays in the order they are reset; empty for one side first, the module that runs Virtual Connect Manager last.</summary>
    public IReadOnlyList<int> Order { get; init; } = [];

    /// <summary>How long every watched address must have answered every probe before a module is reset: 0 to 1 h. Default 1 min.</summary>
    public TimeSpan Clean { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long they must after a module is back, before the next: 0 to 2 h. Default 5 min, which field notes and HPE's test benches agree on.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a module may take to come back: 1 min to 4 h. Default 35 min, as HPE's test benches allow.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(35);

    /// <summary>The command that resets a module, without the bay's number; null for the one in <c>virtual-connect.yaml</c>.</summary>
    public string? ResetCommand { get; init; }

    /// <summary>How the addresses are watched where the playbook has no ping guard of its own.</summary>
    public WatchOptions Watch { get; init; } = new();
}

/// <summary>How a rollout watches the VMkernel addresses of an enclosure's hosts.</summary>
public sealed record WatchOptions
{
    /// <summary>Addresses and selectors of hosts watched besides. One outside of the enclosure, such as a gateway, tells a fault of the jump host's network from one of the enclosure's.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>From one probe of an address to the next: 100 ms to 1 min. Default 250 ms.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The outage of an address that stops the rollout: 100 ms to 1 h. Default 5 s: more than a change of uplinks takes, less than a graceful restart costs.</summary>
    public TimeSpan Outage { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Losses in a row that stop it, if that is sooner: 1 to 10000. Default 10000, which leaves it to the outage.</summary>
    public int ConsecutiveLosses { get; init; } = 10_000;

    /// <summary>The share of addresses lost at the same time that stops it, above 0 to 1; null where one is enough.</summary>
    public decimal? ShareOfTargets { get; init; }

    /// <summary>The TCP port to connect to; 0 for ICMP.</summary>
    public int TcpPort { get; init; }
}
