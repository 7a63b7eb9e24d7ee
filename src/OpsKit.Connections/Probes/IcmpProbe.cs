using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace OpsKit.Connections.Probes;

/// <summary>ICMP echo. Round trips are measured on the monotonic clock, finer than the milliseconds that the system reports.</summary>
public sealed class IcmpProbe : IProbe
{
    private static readonly byte[] Payload = new byte[32];
    private readonly TimeProvider _clock;

    /// <summary>Creates the probe.</summary>
    public IcmpProbe(TimeProvider clock) => _clock = clock;

    /// <inheritdoc/>
    public async Task<ProbeReply> SendAsync(ProbeTarget target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var start = _clock.GetTimestamp();
        try
        {
            using var ping = new Ping();
            var reply = IPAddress.TryParse(target.Address, out var address)
                ? await ping.SendPingAsync(address, timeout, Payload, cancellationToken: cancellationToken).ConfigureAwait(false)
                : await ping.SendPingAsync(target.Address, timeout, Payload, cancellationToken: cancellationToken).ConfigureAwait(false);
            var elapsed = _clock.GetElapsedTime(start);
            return reply.Status == IPStatus.Success ? new ProbeReply(true, elapsed, null) : new ProbeReply(false, elapsed, InWords(reply.Status));
        }
        catch (PingException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied } or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            throw new OpsKitException(
                FailureKind.Usage,
                "this machine does not let the user send ICMP",
                target.Address,
                "watch a TCP port instead (tcp), or allow it: sysctl net.ipv4.ping_group_range",
                e);
        }
        catch (PingException e)
        {
            return new ProbeReply(false, _clock.GetElapsedTime(start), e.InnerException is SocketException socket ? SocketLoss.InWords(socket) : (e.InnerException ?? e).Message);
        }
    }

    private static string InWords(IPStatus status) => status switch
    {
        IPStatus.TimedOut => "timed out",
        IPStatus.DestinationHostUnreachable => "host unreachable",
        IPStatus.DestinationNetworkUnreachable => "network unreachable",
        IPStatus.DestinationPortUnreachable => "port unreachable",
        IPStatus.TtlExpired => "TTL expired",
        _ => status.ToString(),
    };
}
