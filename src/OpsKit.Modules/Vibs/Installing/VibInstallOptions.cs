namespace OpsKit.Modules.Vibs;

/// <summary>What is done with VIBs.</summary>
public enum VibAction
{
    /// <summary>Put in place, whichever version is there.</summary>
    Install,

    /// <summary>Put in place of an older version that is installed; others are left out.</summary>
    Update,

    /// <summary>Take off.</summary>
    Remove,
}

/// <summary>What a step does with VIBs on hosts.</summary>
public sealed record VibInstallOptions
{
    /// <summary>What begins the path of a file that lies on the hosts already.</summary>
    public const string OnHost = "host:";

    /// <summary>What is done.</summary>
    public required VibAction Action { get; init; }

    /// <summary>The file: a path on this machine, or <c>host:</c> with an absolute path on the hosts. Empty for a removal.</summary>
    public string Source { get; init; } = "";

    /// <summary>Which VIBs: <c>name</c>, <c>name:version</c>, <c>vendor:name</c> or <c>vendor:name:version</c>. Empty for all of the file.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>How loose the host's acceptance level may be made for it; null for not at all.</summary>
    public VibAcceptanceLevel? AllowAcceptance { get; init; }

    /// <summary>Whether an older version may take the place of a newer one.</summary>
    public bool AllowDowngrade { get; init; }

    /// <summary>Whether maintenance mode is entered also where the VIBs do not need it.</summary>
    public bool AlwaysMaintenanceMode { get; init; }

    /// <summary>Whether the host is restarted where that is needed; else what was installed waits for its next restart.</summary>
    public bool Reboot { get; init; } = true;

    /// <summary>Whether the running system may be changed where the VIBs allow it; else a restart brings it.</summary>
    public bool LiveInstall { get; init; } = true;

    /// <summary>Where the file is sent: a datastore's name or an absolute folder; null for a datastore with room.</summary>
    public string? Folder { get; init; }

    /// <summary>How long virtual machines may take to leave: 0 for without limit, else 1 s to 24 h. Default 30 min.</summary>
    public TimeSpan EvacuationTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether machines that are switched off are moved away, too. Default false.</summary>
    public bool EvacuatePoweredOff { get; init; }

    /// <summary>How long after a restart the host must answer steadily before it counts as ready: 0 to 1 h. Default 1 min.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(1);
}
