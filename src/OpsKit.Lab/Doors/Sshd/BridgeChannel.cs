using System.IO.Pipelines;
using System.Text;
using OpsKit.Lab.Doors.Sftp;

namespace OpsKit.Lab.Doors.Sshd;

/// <summary>A channel of an SSH connection: a command, a shell or SFTP, spoken through a bridge.</summary>
internal sealed class BridgeChannel(SshdConnection connection, ShellDoors doors, Stream bridge)
{
    private const int Failed = 255;

    private readonly Pipe _input = new();

    /// <summary>Serves it to its end.</summary>
    /// <param name="command">What is to run; empty for a shell.</param>
    /// <param name="connectionEnds">When nobody is there any more to hear of it.</param>
    public async Task ServeAsync(string command, CancellationToken connectionEnds)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(connectionEnds);
        using var frames = new BridgeFrames(bridge);
        var receiving = ReceiveAsync(ends);
        try
        {
            await frames.ExitAsync(await RunAsync(command, frames, ends.Token).ConfigureAwait(false), ends.Token).ConfigureAwait(false);
        }
        catch (ConnectionCutException)
        {
            await connection.CutAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (ends.IsCancellationRequested && e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The bridge went, or the connection with it.
        }
        catch (Exception e)
        {
            await frames.WriteAsync(BridgeFrames.Error, Encoding.UTF8.GetBytes($"opskit-lab: {e.GetType().Name}: {e.Message}\n"), CancellationToken.None).ConfigureAwait(false);
            await frames.ExitAsync(Failed, CancellationToken.None).ConfigureAwait(false);
        }

        await _input.Reader.CompleteAsync().ConfigureAwait(false);
        // The bridge closes; closing before it could make the end of what it was told unreadable.
        await receiving.ConfigureAwait(false);
    }

    private async Task<int> RunAsync(string command, BridgeFrames frames, CancellationToken cancellationToken)
    {
        var input = _input.Reader.AsStream();
        var output = frames.Carrying(BridgeFrames.Output);
        if (command.Length == 0)
            return (await doors.OpenAsync(connection.Shell, connection.User, input, output, cancellationToken).ConfigureAwait(false)).ExitStatus;
        if (command != connection.SftpWord)
            return (await doors.ExecuteAsync(connection.Shell, connection.User, command, input, output, frames.Carrying(BridgeFrames.Error), cancellationToken).ConfigureAwait(false)).ExitStatus;
        await new SftpServer(connection.Shell, doors, connection.Shell.Endpoint.FileSystemRoot!).ServeAsync(input, output, cancellationToken).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Takes input until the bridge goes; what nobody reads any more is dropped.</summary>
    private async Task ReceiveAsync(CancellationTokenSource ends)
    {
        var token = connection.Ended;
        try
        {
            while (await BridgeFrames.ReadAsync(bridge, token).ConfigureAwait(false) is var (kind, bytes))
            {
                if (kind == BridgeFrames.InputEnds)
                    await _input.Writer.CompleteAsync().ConfigureAwait(false);
                else
                    await _input.Writer.WriteAsync(bytes, token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The same as its going.
        }

        await ends.CancelAsync().ConfigureAwait(false);
        await _input.Writer.CompleteAsync().ConfigureAwait(false);
    }
}
