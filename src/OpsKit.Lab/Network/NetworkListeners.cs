using System.Net;
using System.Net.Sockets;
using OpsKit.Connections;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Network;

/// <summary>One TCP port at many addresses of the loopback network, open where the lab's network leads to the address.</summary>
internal sealed class NetworkListeners : IAsyncDisposable
{
    /// <summary>More machines than these are represented by the first ones of each host.</summary>
    public const int MostMachines = 400;

    /// <summary>How often reachability is looked at besides the known moments: machines go on and off, and move.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly List<NetworkListener> _listeners;
    private readonly Func<IPAddress, bool> _isReachable;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _disposed;

    private NetworkListeners(List<NetworkListener> listeners, int port, Func<IPAddress, bool> isReachable, TimeProvider real)
    {
        _listeners = listeners;
        _isReachable = isReachable;
        Port = port;
        Refresh();
        _timer = real.CreateTimer(_ => Refresh(), null, Period, Period);
    }

    public int Port { get; }

    /// <summary>All VMkernel addresses and those of machines, or of a sample of them.</summary>
    public static List<IPAddress> Sample(LabEstate estate)
    {
        var machines = estate.Machines.Where(machine => machine.Address is not null).ToList();
        var each = machines.Count <= MostMachines ? int.MaxValue : Math.Max(1, MostMachines / Math.Max(1, estate.Hosts.Count));
        return [.. estate.Hosts.SelectMany(host => host.Vmks).Select(vmk => vmk.Address)
            .Concat(machines.GroupBy(machine => machine.Host).SelectMany(group => group.Take(each)).Select(machine => machine.Address!))
            .Distinct()];
    }

    /// <summary>Opens a port that is free at all of the addresses and closes every connection at once: enough for probes.</summary>
    public static NetworkListeners Open(IReadOnlyList<IPAddress> addresses, Func<IPAddress, bool> isReachable, TimeProvider real, CancellationToken cancellationToken) =>
        Open(addresses, isReachable, static (_, connection) => connection.Dispose(), real, cancellationToken);

    /// <summary>Opens a port that is free at all of the addresses.</summary>
    /// <param name="addresses">Addresses of the loopback network.</param>
    /// <param name="isReachable">Whether the lab's network leads to an address now.</param>
    /// <param name="taken">Gets every connection with the address it was made to; must not block.</param>
    /// <param name="real">The real clock.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    public static NetworkListeners Open(
        IReadOnlyList<IPAddress> addresses, Func<IPAddress, bool> isReachable, Action<IPAddress, Socket> taken, TimeProvider real, CancellationToken cancellationToken)
    {
        const int Attempts = 20;
        for (var attempt = 1; ; attempt++)
        {
            var listeners = new List<NetworkListener>();
            try
            {
                var port = 0;
                foreach (var address in addresses)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    listeners.Add(new NetworkListener(address, port, connection => taken(address, connection)));
                    port = listeners[0].Port;
                }

                return new NetworkListeners(listeners, port, isReachable, real);
            }
            catch (SocketException e)
            {
                listeners.ForEach(listener => listener.Dispose());
                if (e.SocketErrorCode != SocketError.AddressAlreadyInUse || attempt == Attempts)
                    throw new OpsKitException(FailureKind.Failed, $"the lab's addresses cannot be listened at: {e.Message}", "127.0.0.0/8", "on macOS, add the addresses to lo0 first", e);
            }
            catch (OperationCanceledException)
            {
                listeners.ForEach(listener => listener.Dispose());
                throw;
            }
        }
    }

    /// <summary>Opens and silences as things stand now.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            foreach (var listener in _listeners)
                listener.Set(_isReachable(listener.Address));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        lock (_gate)
        {
            _disposed = true;
            _listeners.ForEach(listener => listener.Dispose());
        }
    }
}
