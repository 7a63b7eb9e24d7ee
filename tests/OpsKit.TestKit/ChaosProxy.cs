using System.Net;
using System.Net.Sockets;

namespace OpsKit.TestKit;

/// <summary>
/// A TCP proxy on a free loopback port that spoils connections: it delays, cuts, stalls and garbles. Byte positions count from the
/// start of a connection, in one direction.
/// </summary>
public sealed class ChaosProxy : IAsyncDisposable
{
    private readonly IPEndPoint _target;
    private readonly Func<int, Mischief> _mischief;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _tasks = [];
    private readonly List<Socket> _sockets = [];
    private int _connections;
    private int _cutsNextAnswer;

    private ChaosProxy(IPEndPoint target, Func<int, Mischief> mischief)
    {
        _target = target;
        _mischief = mischief;
        _listener.Start();
        _tasks.Add(AcceptAsync());
    }

    /// <summary>What is done to one connection. The default does nothing.</summary>
    public sealed record Mischief
    {
        /// <summary>Waits this long before each piece is passed on to the client.</summary>
        public TimeSpan Delay { get; init; }

        /// <summary>Resets the connection after this many bytes to the client.</summary>
        public long? CutAfter { get; init; }

        /// <summary>Ends the connection in good order (FIN) after this many bytes to the client.</summary>
        public long? CloseAfter { get; init; }

        /// <summary>Passes nothing more to the client after this many bytes, and keeps the connection open.</summary>
        public long? StallAfter { get; init; }

        /// <summary>Inverts the byte at this position on its way to the client.</summary>
        public long? GarbleAt { get; init; }

        /// <summary>Resets the connection after this many bytes to the server.</summary>
        public long? CutRequestAfter { get; init; }
    }

    /// <summary>The proxy's port on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Starts a proxy before a loopback port.</summary>
    /// <param name="targetPort">Port on 127.0.0.1 to pass on to.</param>
    /// <param name="mischief">What to do to the n-th connection (from 0); null does nothing.</param>
    public static ChaosProxy Start(int targetPort, Func<int, Mischief>? mischief = null) =>
        new(new IPEndPoint(IPAddress.Loopback, targetPort), mischief ?? (_ => new Mischief()));

    /// <summary>Resets every open connection; new ones are still accepted.</summary>
    public void CutAll()
    {
        lock (_sockets)
        {
            foreach (var socket in _sockets)
                Reset(socket);
            _sockets.Clear();
        }
    }

    /// <summary>Lets the next request through and resets its connection at the first byte of the answer.</summary>
    public void CutNextAnswer() => Interlocked.Exchange(ref _cutsNextAnswer, 1);

    /// <summary>Stops accepting and resets what is open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        CutAll();
        Task[] running;
        lock (_tasks)
            running = [.. _tasks];
        await Task.WhenAll(running);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                var number = Interlocked.Increment(ref _connections) - 1;
                lock (_tasks)
                    _tasks.Add(ServeAsync(client, _mischief(number)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket client, Mischief mischief)
    {
        await Task.Yield();
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        client.NoDelay = server.NoDelay = true;
        lock (_sockets)
            _sockets.AddRange([client, server]);
        try
        {
            await server.ConnectAsync(_target, _stop.Token);
            await Task.WhenAll(ToServerAsync(client, server, mischief), ToClientAsync(server, client, mischief));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // A cut connection: the other side is told below.
        }
        finally
        {
            Reset(client);
            Reset(server);
        }
    }

    private async Task ToServerAsync(Socket client, Socket server, Mischief mischief)
    {
        var buffer = new byte[16 * 1024];
        long passed = 0;
        while (await client.ReceiveAsync(buffer, _stop.Token) is var count and > 0)
        {
            if (passed + count > mischief.CutRequestAfter)
            {
                Reset(client);
                Reset(server);
                return;
            }

            await SendAllAsync(server, buffer.AsMemory(0, count));
            passed += count;
        }

        server.Shutdown(SocketShutdown.Send);
    }

    private async Task ToClientAsync(Socket server, Socket client, Mischief mischief)
    {
        var buffer = new byte[16 * 1024];
        long passed = 0;
        var end = new[] { mischief.CutAfter, mischief.CloseAfter, mischief.StallAfter }.Min() ?? long.MaxValue;
        while (await server.ReceiveAsync(buffer, _stop.Token) is var count and > 0)
        {
            if (Interlocked.Exchange(ref _cutsNextAnswer, 0) == 1)
            {
                Reset(client);
                Reset(server);
                return;
            }

            if (mischief.Delay > TimeSpan.Zero)
                await Task.Delay(mischief.Delay, _stop.Token);
            if (mischief.GarbleAt is { } at && at >= passed && at < passed + count)
                buffer[at - passed] ^= 0xFF;
            var pass = (int)Math.Min(count, end - passed);
            await SendAllAsync(client, buffer.AsMemory(0, pass));
            passed += pass;
            if (passed < end)
                continue;

            if (end == mischief.StallAfter)
                await Task.Delay(Timeout.Infinite, _stop.Token);
            if (end == mischief.CloseAfter)
                client.Shutdown(SocketShutdown.Both);
            else
                Reset(client);
            Reset(server);
            return;
        }

        client.Shutdown(SocketShutdown.Send);
    }

    private async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, _stop.Token)..];
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed already.
        }

        socket.Dispose();
    }
}
