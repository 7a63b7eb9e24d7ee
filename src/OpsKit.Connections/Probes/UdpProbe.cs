using System.Net.Sockets;

namespace OpsKit.Connections.Probes;

/// <summary>
/// An empty datagram. Silence is what most services answer it with, so that only two things can be told: that something answered, or that the port is closed,
/// which the machine says by ICMP. A port that stays silent is open or filtered.
/// </summary>
public sealed class UdpProbe(TimeProvider clock) : IProbe
{
    /// <summary>The loss of a probe to which nothing was said.</summary>
    public const string Silent = "no answer";

    /// <inheritdoc/>
    public async Task<ProbeReply> SendAsync(ProbeTarget target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Port is < 1 or > 65535)
            throw new OpsKitException(FailureKind.Usage, $"a UDP probe needs a port from 1 to 65535, not {target.Port}", target.Name);

        var start = clock.GetTimestamp();
        using var deadline = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var client = new UdpClient(target.Address, target.Port);
            await client.SendAsync(ReadOnlyMemory<byte>.Empty, either.Token).ConfigureAwait(false);
            await client.ReceiveAsync(either.Token).ConfigureAwait(false);
            return new ProbeReply(true, clock.GetElapsedTime(start), null);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
        {
            return new ProbeReply(false, clock.GetElapsedTime(start), "port closed");
        }
        catch (SocketException e)
        {
            return new ProbeReply(false, clock.GetElapsedTime(start), SocketLoss.InWords(e));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeReply(false, clock.GetElapsedTime(start), Silent);
        }
    }
}
