namespace OpsKit.Modules.ChangeTracking;

/// <summary>What is wanted of changed block tracking.</summary>
public enum TrackingGoal
{
    /// <summary>Every disk that can be is tracked.</summary>
    Enabled,

    /// <summary>No disk is tracked.</summary>
    Disabled,

    /// <summary>What is tracked begins anew: off and on again, each with its stun.</summary>
    Reset,
}

/// <summary>How changed block tracking is changed.</summary>
public sealed record ChangeTrackingOptions
{
    /// <summary>What is wanted.</summary>
    public required TrackingGoal Goal { get; init; }

    /// <summary>Whether to go on although a machine has snapshots: tracking is clean from the start only without. Default false.</summary>
    public bool WithSnapshots { get; init; }

    /// <summary>Whether machines that cannot be tracked (templates, fault tolerance, old hardware) are left out instead of refused. Default false.</summary>
    public bool LeaveOut { get; init; }

    /// <summary>How long a change waits for a backup, a migration or another task of the machine to end: 0 to 24 h. Default 10 min.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The least free space of each datastore with a disk of the machine, in percent: 0 to 90. Default 5.</summary>
    public int FreePercent { get; init; } = 5;

    /// <summary>How many machines of a host are changed at a time: 1 to 64. Default 2.</summary>
    public int PerHost { get; init; } = 2;

    /// <summary>How many machines with disks on a datastore are changed at a time: 1 to 64. Default 4.</summary>
    public int PerDatastore { get; init; } = 4;
}
