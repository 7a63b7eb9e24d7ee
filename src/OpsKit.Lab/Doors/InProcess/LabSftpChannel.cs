using OpsKit.Connections.Ssh;
using Renci.SshNet.Common;

namespace OpsKit.Lab.Doors.InProcess;

/// <summary>File transfer with a shell in this process.</summary>
internal sealed class LabSftpChannel(LabShell shell, ShellDoors doors, string root) : ISftpChannel
{
    private const int PieceBytes = 64 * 1024;

    public void Upload(Stream source, string path, Action<long> sent)
    {
        try
        {
            using var file = doors.Receive(shell, path, () => File.Create(ShellFiles.Map(root, path)));
            Task.Delay(file.Lateness, doors.Clock).GetAwaiter().GetResult();
            var buffer = new byte[PieceBytes];
            for (long total = 0; source.Read(buffer) is var count and > 0; sent(total))
            {
                file.Write(total, buffer.AsSpan(0, count));
                total += count;
            }
        }
        catch (ConnectionCutException e)
        {
            throw new SshConnectionException("An established connection was aborted by the server.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SshException(e.Message, e);
        }
    }

    public void Download(string path, Stream target)
    {
        try
        {
            using var file = File.OpenRead(ShellFiles.Map(root, path));
            file.CopyTo(target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SshException(e.Message, e);
        }
    }

    public void Dispose()
    {
        // Nothing stays open between calls.
    }
}
