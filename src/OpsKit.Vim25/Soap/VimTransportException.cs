using System.Net.Sockets;

namespace OpsKit.Vim25;

/// <summary>What broke below the SOAP conversation.</summary>
public enum TransportFailure
{
    /// <summary>The connection broke, or ended before the answer did.</summary>
    Broken,

    /// <summary>The server's name has no address.</summary>
    NameNotFound,

    /// <summary>Nothing listens on the port.</summary>
    Refused,

    /// <summary>No route leads to the address.</summary>
    NoRoute,

    /// <summary>No connection, or no answer, within the time given.</summary>
    TimedOut,

    /// <summary>The TLS handshake failed.</summary>
    Tls,

    /// <summary>The connection broke before the TLS handshake was done.</summary>
    HandshakeBroken,
}

/// <summary>The server could not be reached, or the connection broke. Whether the server acted on the request is unknown.</summary>
public sealed class VimTransportException : VimException
{
    /// <summary>Creates the exception.</summary>
    public VimTransportException(TransportFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>What broke.</summary>
    public TransportFailure Failure { get; }

    /// <summary>True when the request cannot have reached the server.</summary>
    public bool NotSent => Failure is TransportFailure.NameNotFound or TransportFailure.Refused or TransportFailure.NoRoute or TransportFailure.Tls or TransportFailure.HandshakeBroken;

    internal static VimTransportException From(Exception cause, string where)
    {
        var (failure, reason) = Classify(cause);
        return new VimTransportException(failure, $"{where}: {reason}", cause);
    }

    private static (TransportFailure Failure, string Reason) Classify(Exception cause)
    {
        if (cause is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError })
            return (TransportFailure.NameNotFound, "the name cannot be resolved");
        if (cause is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: IOException })
            return (TransportFailure.HandshakeBroken, $"the connection broke during the TLS handshake: {Innermost(cause).Message}");
        if (cause is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError })
            return (TransportFailure.Tls, $"TLS failed: {Innermost(cause).Message}");
        for (var e = cause; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return (TransportFailure.Refused, "the connection was refused: nothing listens on the port");
                case SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable }:
                    return (TransportFailure.NoRoute, "no route leads there");
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }:
                    return (TransportFailure.NameNotFound, "the name cannot be resolved");
                case SocketException { SocketErrorCode: SocketError.TimedOut } or TimeoutException:
                    return (TransportFailure.TimedOut, "no connection within the time given");
            }
        }

        return (TransportFailure.Broken, $"the connection broke: {Innermost(cause).Message}");
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
