namespace OpsKit.Connections.Probes;

/// <summary>Asks a target once whether it is there.</summary>
public interface IProbe
{
    /// <summary>Sends one probe. Anything but an answer is a loss and comes back as one; it is no exception.</summary>
    /// <param name="target">What to ask.</param>
    /// <param name="timeout">How long the answer may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">This machine may not send such probes at all (<see cref="FailureKind.Usage"/>).</exception>
    Task<ProbeReply> SendAsync(ProbeTarget target, TimeSpan timeout, CancellationToken cancellationToken);
}

/// <summary>An address that is watched.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Address">DNS name or IP address.</param>
/// <param name="Port">TCP port, for a TCP probe; 0 for ICMP.</param>
public sealed record ProbeTarget(string Name, string Address, int Port = 0);

/// <summary>What became of one probe.</summary>
/// <param name="Answered">Whether the target answered in time.</param>
/// <param name="RoundTrip">Time from sending to the answer, or to giving up.</param>
/// <param name="Loss">Why it counts as lost, such as <c>timed out</c> or <c>network unreachable</c>; null when it was answered.</param>
public readonly record struct ProbeReply(bool Answered, TimeSpan RoundTrip, string? Loss);
