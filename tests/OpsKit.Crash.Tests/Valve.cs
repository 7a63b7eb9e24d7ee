using System.Net;
using System.Net.Sockets;

namespace OpsKit.Crash.Tests;

/// <summary>A way to a server on which answers can be kept back: what was asked is carried out, and who asked never hears of it.</summary>
internal sealed class Valve : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _server;
    private TaskCompletionSource? _shut;

    private Valve(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static Valve Before(int server) => new(server);

    /// <summary>From now on no answer comes through.</summary>
    public void Shut() => Volatile.Write(ref _shut, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Answers come through again.</summary>
    public void Open() => Interlocked.Exchange(ref _shut, null)?.SetResult();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
                await Task.WhenAny(PumpAsync(client, server, held: false), PumpAsync(server, client, held: true));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // One of them went away.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool held)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is var count and > 0)
            {
                if (held && Volatile.Read(ref _shut) is { } shut)
                    await shut.Task.WaitAsync(_stop.Token);
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One of them went away.
        }
    }
}
