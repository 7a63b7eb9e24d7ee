namespace OpsKit.Engine.Playbooks;

/// <summary>A guard as a playbook describes it.</summary>
public abstract record GuardSpec
{
    /// <summary>Its <c>name</c>, or its kind where it has none; unique in the playbook.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands, as <c>file:line:column</c>.</summary>
    public required string At { get; init; }
}

/// <summary>Watches addresses by ICMP echo or TCP connect.</summary>
public sealed record PingGuardSpec : GuardSpec
{
    /// <summary>Addresses (<c>host</c> or <c>host:port</c>) and selectors of hosts; a selector means the hosts' VMkernel addresses, which the plan finds.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The TCP port to connect to; 0 for ICMP.</summary>
    public int TcpPort { get; init; }

    /// <summary>From one probe of a target to the next: 100 ms to 1 min.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer is waited for: 50 ms to 1 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Losses in a row after which a target counts as lost: 1 to 10000.</summary>
    public int ConsecutiveLosses { get; init; } = 5;

    /// <summary>The outage after which a target counts as lost, if that is sooner; null for none.</summary>
    public TimeSpan? Outage { get; init; }

    /// <summary>The share of targets lost at the same time that is a breach: above 0 to 1; null where one lost target is enough.</summary>
    public decimal? ShareOfTargets { get; init; }
}

/// <summary>Runs a program on the jump host: exit code 0 is healthy, 1 a breach, anything else inconclusive.</summary>
public sealed record CommandGuardSpec : GuardSpec
{
    /// <summary>Program and arguments; no shell is in between.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>From one run to the next: 1 s to 1 h.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it may take: 1 s to 1 h.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Lets changes begin within a maintenance window only.</summary>
public sealed record WindowGuardSpec : GuardSpec
{
    /// <summary>The days on which the window opens; all where empty.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    /// <summary>When it opens.</summary>
    public required TimeOnly From { get; init; }

    /// <summary>When it closes; at or before <see cref="From"/> means on the next day.</summary>
    public required TimeOnly To { get; init; }

    /// <summary>The IANA time zone of both; the jump host's where null.</summary>
    public string? TimeZone { get; init; }
}

/// <summary>Counts targets that failed, over all steps.</summary>
public sealed record FailuresGuardSpec : GuardSpec
{
    /// <summary>How many may fail; one more is a breach: 1 to 10000.</summary>
    public required int Most { get; init; }
}
