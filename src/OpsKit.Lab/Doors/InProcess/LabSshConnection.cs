using System.IO.Pipelines;
using OpsKit.Connections.Ssh;
using Renci.SshNet.Common;

namespace OpsKit.Lab.Doors.InProcess;

/// <summary>A session with a shell in this process.</summary>
internal sealed class LabSshConnection(SshTarget target, LabShell shell, ShellDoors doors, string user) : ISshConnection
{
    private readonly CancellationTokenSource _closed = new();
    private volatile bool _broken;

    public SshHostKey HostKey => shell.Key.Public;

    public string ServerVersion => "OpsKit-lab";

    public string Algorithms => "none, in process";

    public bool IsConnected => !_broken && !_closed.IsCancellationRequested;

    public async Task<(RemoteCommandResult Result, long Received)> RunAsync(RemoteCommand command, string doing, Action<Stream>? feed, CancellationToken cancellationToken)
    {
        if (!IsConnected)
            throw SshFailures.Lost(target, doing, new SshConnectionException("Client not connected."));

        var clock = doors.Clock.Real;
        var started = clock.GetTimestamp();
        using var deadline = new CancellationTokenSource(command.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token, _closed.Token);
        var output = new OutputPump(Stream.Null, command.OutputLimit, command.OnLine);
        var error = new OutputPump(Stream.Null, command.OutputLimit, command.OnLine);
        var pipe = new Pipe();
        var feeding = feed is null ? Task.CompletedTask : BlockingCalls.RunAsync(() =>
        {
            using var input = pipe.Writer.AsStream();
            feed(input);
        });
        try
        {
            var outcome = await doors.ExecuteAsync(
                shell, user, command.Text, feed is null ? Stream.Null : pipe.Reader.AsStream(), new TellingStream(output.Take), new TellingStream(error.Take), either.Token)
                .WaitAsync(either.Token).ConfigureAwait(false);
            output.DrainToEnd();
            error.DrainToEnd();
            var result = new RemoteCommandResult(outcome.ExitStatus, null, output.Output.Text, error.Output.Text, clock.GetElapsedTime(started))
            {
                OutputBytes = output.Output.Bytes,
                Truncated = output.Output.Truncated || error.Output.Truncated,
            };
            return (result, output.Output.Received + error.Output.Received);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _closed.IsCancellationRequested
                ? SshFailures.Lost(target, doing, new SshConnectionException("The session was closed."))
                : SshFailures.Deadline(target, doing, command.Timeout);
        }
        catch (ConnectionCutException e)
        {
            _broken = true;
            throw SshFailures.Lost(target, doing, new SshConnectionException("An established connection was aborted by the server.", e));
        }
        finally
        {
            // A command that ends without reading all of its input must not hold who feeds it.
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
            BlockingCalls.Forget(feeding);
        }
    }

    public IShellChannel OpenShell(SshShellOptions options) => new LabShellChannel(shell, doors, user, _closed.Token);

    public Task<ISftpChannel> OpenSftpAsync(CancellationToken cancellationToken) =>
        shell.Endpoint.FileSystemRoot is { } root
            ? Task.FromResult<ISftpChannel>(new LabSftpChannel(shell, doors, root))
            : Task.FromException<ISftpChannel>(SshFailures.OfConnect(target, new SshException("Subsystem 'sftp' could not be executed.")));

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
