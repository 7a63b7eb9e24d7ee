using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Network;

/// <summary>How long things of the network take, in lab time. Field notes of a rollout gave the orders of magnitude: one lost ping after a hard reset, 15 to 20 s of silence in a graceful one.</summary>
internal static class NetworkTimes
{
    /// <summary>From the loss of a link until traffic flows over another uplink: one ping of a second.</summary>
    public static readonly TimeSpan Failover = TimeSpan.FromSeconds(1);

    /// <summary>How long a host that probes with beacons takes to distrust an uplink whose link is up.</summary>
    public static readonly TimeSpan BeaconDetection = TimeSpan.FromSeconds(3);

    /// <summary>How late an Onboard Administrator shows that a module went or came.</summary>
    public static readonly TimeSpan OaLag = TimeSpan.FromSeconds(10);

    /// <summary>How long an iLO is away after its reset.</summary>
    public static readonly TimeSpan IloReset = TimeSpan.FromSeconds(75);

    /// <summary>How long an Onboard Administrator that gave up its role is away.</summary>
    public static readonly TimeSpan OaRestart = TimeSpan.FromSeconds(120);

    /// <summary>How long the other one takes to become active.</summary>
    public static readonly TimeSpan OaTakeover = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan LeastSilence = TimeSpan.FromSeconds(15);
    private const int SilenceSpread = 6;

    /// <summary>How long a module that restarts gracefully keeps its links up and forwards nothing: 15 to 20 s, the same for a module each time.</summary>
    public static TimeSpan Silence(LabInterconnect module) =>
        LeastSilence + TimeSpan.FromSeconds((module.Bay + module.Serial.Sum(static letter => letter)) % SilenceSpread);
}
