using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using OpsKit.Connections;

namespace OpsKit.Lab.Doors.Sshd;

/// <summary>The socket at which bridges report. It lies in a folder that only its owner may enter, and each bridge names its connection by a secret.</summary>
internal sealed class BridgeServer : IAsyncDisposable
{
    /// <summary>What the address of a socket holds on macOS; Linux has 4 more.</summary>
    private const int LongestPath = 103;

    private readonly ConcurrentDictionary<string, SshdConnection> _connections = new(StringComparer.Ordinal);
    private readonly ShellDoors _doors;
    private readonly string _path;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _accepting;

    /// <exception cref="OpsKitException">The path is too long for a socket (Usage).</exception>
    public BridgeServer(string path, ShellDoors doors)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
            throw new OpsKitException(FailureKind.Usage, $"the path is too long for a socket: {path.Length} characters, at most {LongestPath}", path, "give a shorter --folder, such as /tmp/lab");
        _path = path;
        _doors = doors;
        File.Delete(path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _listener.Listen(512);
        _accepting = AcceptAsync();
    }

    public void Add(SshdConnection connection) => _connections[connection.Token] = connection;

    public void Remove(SshdConnection connection) => _connections.TryRemove(connection.Token, out _);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        File.Delete(_path);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptAsync().ConfigureAwait(false));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var bridge = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (!_connections.TryGetValue(await BridgeFrames.ReadFieldAsync(bridge, CancellationToken.None).ConfigureAwait(false), out var connection))
                return;
            connection.NoteLogin();
            var command = await BridgeFrames.ReadFieldAsync(bridge, connection.Ended).ConfigureAwait(false);
            await new BridgeChannel(connection, _doors, bridge).ServeAsync(command, connection.Ended).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The bridge went before it was served.
        }
    }
}
