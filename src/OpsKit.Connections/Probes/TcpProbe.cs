using System.Net.Sockets;

namespace OpsKit.Connections.Probes;

/// <summary>
/// A TCP connection, closed as soon as it stands. A refused connection is an answer too: the machine is there, only the service is not.
/// </summary>
public sealed class TcpProbe : IProbe
{
    private readonly TimeProvider _clock;
    private readonly bool _refusalIsAnswer;

    /// <summary>Creates the probe.</summary>
    /// <param name="clock">Measures.</param>
    /// <param name="refusalIsAnswer">Whether a refused connection shows that the target is there (a watchdog), or is a loss (a port audit).</param>
    public TcpProbe(TimeProvider clock, bool refusalIsAnswer = true)
    {
        _clock = clock;
        _refusalIsAnswer = refusalIsAnswer;
    }

    /// <inheritdoc/>
    public async Task<ProbeReply> SendAsync(ProbeTarget target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Port is < 1 or > 65535)
            throw new OpsKitException(FailureKind.Usage, $"a TCP probe needs a port from 1 to 65535, not {target.Port}", target.Name);

        var start = _clock.GetTimestamp();
        using var deadline = new CancellationTokenSource(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(target.Address, target.Port, either.Token).ConfigureAwait(false);
            return new ProbeReply(true, _clock.GetElapsedTime(start), null);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && _refusalIsAnswer)
        {
            return new ProbeReply(true, _clock.GetElapsedTime(start), null);
        }
        catch (SocketException e)
        {
            return new ProbeReply(false, _clock.GetElapsedTime(start), SocketLoss.InWords(e));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeReply(false, _clock.GetElapsedTime(start), "timed out");
        }
    }
}
