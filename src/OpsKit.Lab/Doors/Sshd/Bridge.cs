using System.Net.Sockets;
using System.Text;
using Microsoft.Win32.SafeHandles;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Ssh;
using OpsKit.Lab.Hosting;

namespace OpsKit.Lab.Doors.Sshd;

/// <summary>The same as <see cref="BridgeScript"/>, for machines without Perl: this program started once more, by sshd.</summary>
internal static class Bridge
{
    public const string Word = "bridge";

    private const int Lost = 255;

    /// <summary>The command that starts it, for a shell whose environment has nothing of this process's.</summary>
    public static string Command() => PosixShell.Command([.. OwnProgram.Words(), Word]);

    /// <summary>Carries one channel.</summary>
    /// <returns>The exit status of what ran there.</returns>
    public static async Task<int> RunAsync(string path, string token, JumpHost jumpHost)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path)).ConfigureAwait(false);
            using var lab = new NetworkStream(socket);
            var (terminal, command) = (jumpHost.Variable("SSH_TTY"), jumpHost.Variable("SSH_ORIGINAL_COMMAND") ?? "");
            if (terminal is not null && command.Length == 0)
                await new ProcessRunner(jumpHost.Clock).RunAsync(ProcessRequest.Shell("stty raw -echo < /dev/tty"), CancellationToken.None).ConfigureAwait(false);
            foreach (var field in new[] { token, command })
                await BridgeFrames.WriteFieldAsync(lab, Encoding.UTF8.GetBytes(field), CancellationToken.None).ConfigureAwait(false);
            _ = FeedAsync(lab);
            return await TellAsync(lab).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return Lost;
        }
    }

    private static async Task FeedAsync(NetworkStream lab)
    {
        using var input = Open(0, FileAccess.Read);
        using var frames = new BridgeFrames(lab);
        var buffer = new byte[64 * 1024];
        while (await input.ReadAsync(buffer).ConfigureAwait(false) is var count and > 0)
            await frames.WriteAsync(BridgeFrames.Input, buffer.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false);
        await frames.WriteAsync(BridgeFrames.InputEnds, default, CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task<int> TellAsync(NetworkStream lab)
    {
        using var output = Open(1, FileAccess.Write);
        using var error = Open(2, FileAccess.Write);
        while (await BridgeFrames.ReadAsync(lab, CancellationToken.None).ConfigureAwait(false) is var (kind, bytes))
        {
            if (kind == BridgeFrames.Exit)
                return int.Parse(Encoding.ASCII.GetString(bytes));
            await (kind == BridgeFrames.Error ? error : output).WriteAsync(bytes).ConfigureAwait(false);
        }

        return Lost;
    }

    private static FileStream Open(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 0);
}
