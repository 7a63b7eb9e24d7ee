using System.Net;
using OpsKit.Connections.Probes;

namespace OpsKit.Lab.Network;

/// <summary>Probes the lab's network from within the process: what ICMP would tell of a real one. Its timeouts run on the clock it is given.</summary>
internal sealed class LabProbe(LabNetwork network, TimeProvider clock) : IProbe
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(0.4);

    public async Task<ProbeReply> SendAsync(ProbeTarget target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!IPAddress.TryParse(target.Address, out var address))
            return new ProbeReply(false, TimeSpan.Zero, "no address of the lab");
        if (network.IsReachable(address))
            return new ProbeReply(true, RoundTrip, null);
        await Task.Delay(timeout, clock, cancellationToken).ConfigureAwait(false);
        return new ProbeReply(false, timeout, "timed out");
    }
}
