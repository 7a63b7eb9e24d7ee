using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Hosting;

/// <summary>How a lab is to be.</summary>
internal sealed record LabOptions
{
    public const double DefaultSpeed = 60;
    public const int DefaultSeed = 1;

    public LabSize Size { get; init; } = LabSize.Small;

    /// <summary>How many times as fast as the real one the lab's clock runs.</summary>
    public double Speed { get; init; } = DefaultSpeed;

    /// <summary>The same seed gives the same estate, down to addresses and passwords.</summary>
    public int Seed { get; init; } = DefaultSeed;

    /// <summary>Whether the mistakes of the field are in the estate of that size: hosts with uplinks on one bay alone, a blade without its profile.</summary>
    public bool Mistakes { get; init; } = true;

    /// <summary>Where the inventory, the trust files, the secrets and the way to the control endpoint are written.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether OpenSSH's server of this machine serves the shells on TCP ports.</summary>
    public bool Sshd { get; init; }

    /// <summary>The port of the first vCenter, the next ones having those that follow; 0 for any free ones.</summary>
    public int Port { get; init; }

    /// <summary>Whether every message of the vCenters is held to the schema.</summary>
    public bool CheckMessages { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
