using System.Text;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace OpsKit.Connections.Ssh;

/// <summary>One command on its own channel, from the request to the end.</summary>
internal sealed class CommandRun(SshTarget target, SshClient client, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private const int SignalPatience = 500;

    internal async Task<(RemoteCommandResult Result, long Received)> RunAsync(
        RemoteCommand command, string doing, Action<Stream>? feed, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        using var deadline = new CancellationTokenSource(command.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        SshCommand? remote = null;
        try
        {
            remote = client.CreateCommand(command.Text, Encoding.UTF8);
            // The result is wrapped so that the wait below is for the request, not for the command's end.
            var (running, input) = await BlockingCalls.RunAsync(() => Start(remote, feed is not null)).WaitAsync(either.Token).ConfigureAwait(false);
            var sending = feed is null ? Task.CompletedTask : FeedAsync(feed, input!);
            var output = new OutputPump(remote.OutputStream, command.OutputLimit, command.OnLine);
            var error = new OutputPump(remote.ExtendedOutputStream, command.OutputLimit, command.OnLine);
            while (!running.IsCompleted)
            {
                await Task.WhenAny(running, Task.Delay(Pace, clock, either.Token)).ConfigureAwait(false);
                either.Token.ThrowIfCancellationRequested();
                output.Drain();
                error.Drain();
            }

            await running.ConfigureAwait(false);
            output.DrainToEnd();
            error.DrainToEnd();
            BlockingCalls.Forget(sending);
            var result = new RemoteCommandResult(remote.ExitStatus, remote.ExitSignal, output.Output.Text, error.Output.Text, clock.GetElapsedTime(started))
            {
                OutputBytes = output.Output.Bytes,
                Truncated = output.Output.Truncated || error.Output.Truncated,
            };
            BlockingCalls.Forget(BlockingCalls.RunAsync(remote.Dispose));
            return (result, output.Output.Received + error.Output.Received);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            Stop(remote);
            cancellationToken.ThrowIfCancellationRequested();
            throw SshFailures.Deadline(target, doing, command.Timeout);
        }
        catch (Exception e) when (SshFailures.IsConnectionLoss(e))
        {
            Stop(remote);
            throw SshFailures.Lost(target, doing, e);
        }
        catch (SshException e)
        {
            Stop(remote);
            throw new OpsKitException(FailureKind.Failed, $"{doing} could not be started: {e.Message.TrimEnd('.')}", target.Display, innerException: e);
        }
    }

    private static (Task Running, Stream? Input) Start(SshCommand remote, bool hasInput)
    {
        var running = remote.ExecuteAsync(CancellationToken.None);
        return (running, hasInput ? remote.CreateInputStream() : null);
    }

    /// <summary>Gives the command its input and closes it. A command that ends without reading it all is no failure of ours.</summary>
    private static Task FeedAsync(Action<Stream> feed, Stream input) => BlockingCalls.RunAsync(() =>
    {
        using (input)
            feed(input);
    });

    /// <summary>Asks the command to end and closes its channel, in the background: a hung server would make us wait.</summary>
    private static void Stop(SshCommand? remote)
    {
        if (remote is null)
            return;
        BlockingCalls.Forget(BlockingCalls.RunAsync(() =>
        {
            try
            {
                remote.CancelAsync(forceKill: false, SignalPatience);
            }
            finally
            {
                remote.Dispose();
            }
        }));
    }
}
