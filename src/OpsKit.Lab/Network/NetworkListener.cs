using System.Net;
using System.Net.Sockets;

namespace OpsKit.Lab.Network;

/// <summary>
/// A TCP port that takes connections, or falls silent. Silence is a backlog of one that the listener fills itself and never empties: Linux and macOS then
/// drop what arrives, so connections time out like those to a machine whose network is gone, and nobody needs privileges. Windows refuses them instead.
/// </summary>
internal sealed class NetworkListener : IDisposable
{
    private const int Backlog = 64;

    private readonly Socket _listener;
    private readonly Action<Socket> _taken;
    private CancellationTokenSource? _accepting;
    private Socket? _filler;
    private EndPoint? _filledFrom;

    /// <param name="address">Address of the loopback network.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="taken">Gets every connection; must not block.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public NetworkListener(IPAddress address, int port, Action<Socket> taken)
    {
        Address = address;
        _taken = taken;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(new IPEndPoint(address, port));
            _listener.Listen(0);
            Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        Fill();
    }

    public IPAddress Address { get; }

    public int Port { get; }

    public bool IsOpen => _accepting is not null;

    public void Set(bool open)
    {
        if (open == IsOpen)
            return;
        if (open)
        {
            _filler?.Dispose();
            _filler = null;
            _listener.Listen(Backlog);
            _accepting = new CancellationTokenSource();
            _ = AcceptAsync(_accepting.Token);
            return;
        }

        _accepting!.Cancel();
        _accepting.Dispose();
        _accepting = null;
        _listener.Listen(0);
        Fill();
    }

    public void Dispose()
    {
        _accepting?.Cancel();
        _accepting?.Dispose();
        _filler?.Dispose();
        _listener.Dispose();
    }

    private void Fill()
    {
        _filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            _filler.Connect(new IPEndPoint(Address, Port));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // On its way; on loopback it has arrived already.
        }

        _filledFrom = _filler.LocalEndPoint;
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var connection = await _listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
                if (Equals(connection.RemoteEndPoint, _filledFrom))
                    connection.Dispose();
                else
                    _taken(connection);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // The client hung up first.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }
}
