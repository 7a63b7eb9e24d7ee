using System.Net.Sockets;

namespace OpsKit.Connections.Probes;

/// <summary>Why a probe was lost, in the words operators use.</summary>
internal static class SocketLoss
{
    internal static string InWords(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.NetworkUnreachable => "network unreachable",
        SocketError.HostUnreachable or SocketError.HostDown => "host unreachable",
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset",
        SocketError.TimedOut => "timed out",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "name does not resolve",
        _ => e.Message,
    };
}
