namespace OpsKit.Connections.Probes;

/// <summary>How ports are tried from this machine. Neither probe changes anything: a connection is closed as soon as it stands, a datagram is empty.</summary>
/// <param name="Tcp">Tries TCP ports; a refused connection is a loss that says so.</param>
/// <param name="Udp">Tries UDP ports.</param>
public sealed record PortProbes(IProbe Tcp, IProbe Udp)
{
    /// <summary>Those that use the network.</summary>
    /// <param name="clock">Measures.</param>
    public static PortProbes From(TimeProvider clock) => new(new TcpProbe(clock, refusalIsAnswer: false), new UdpProbe(clock));
}
