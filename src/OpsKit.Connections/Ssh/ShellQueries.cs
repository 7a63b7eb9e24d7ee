namespace OpsKit.Connections.Ssh;

/// <summary>The reading side of an endpoint's shell: it runs what is declared to read, and nothing else.</summary>
public sealed class ShellQueries
{
    private readonly Func<CancellationToken, Task<SshSession>> _session;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="name">The endpoint's name.</param>
    /// <param name="session">Gives a session that is connected; the giver keeps it.</param>
    public ShellQueries(string name, Func<CancellationToken, Task<SshSession>> session)
    {
        Name = name;
        _session = session;
    }

    /// <summary>The endpoint's name.</summary>
    public string Name { get; }

    /// <summary>Runs a command and waits for its end; once more where the connection broke meanwhile. A non-zero exit status is a result, not an exception.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="OpsKitException">The endpoint cannot be reached, or the time ran out.</exception>
    public async Task<RemoteCommandResult> RunAsync(ReadingCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var remote = new RemoteCommand(command.Text) { Timeout = command.Timeout, OutputLimit = command.OutputLimit };
        for (var again = false; ; again = true)
        {
            var session = await _session(cancellationToken).ConfigureAwait(false);
            try
            {
                return await session.RunAsync(remote, cancellationToken).ConfigureAwait(false);
            }
            catch (OpsKitException failure) when (failure.OutcomeUnknown)
            {
                if (!again && !session.IsConnected)
                    continue;
                throw NotRead(command, session.IsConnected, failure);
            }
        }
    }

    /// <summary>Runs commands of a POSIX shell one after the other, in one request. What one of them comes to does not keep the next from running.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A result for each, in order.</returns>
    /// <exception cref="OpsKitException">As <see cref="RunAsync"/>, and where the answer lacks its end.</exception>
    public async Task<IReadOnlyList<ReadingResult>> RunAllAsync(IReadOnlyList<ReadingCommand> commands, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var marker = $"opskit-{Guid.NewGuid():N}";
        var answer = await RunAsync(ReadingCommand.Together(marker, commands), cancellationToken).ConfigureAwait(false);
        var results = ReadingBatch.Split(marker, answer.Output);
        return results.Count == commands.Count && !answer.Truncated
            ? results
            : throw new OpsKitException(FailureKind.Failed, $"the answer ended in the midst of \"{commands[Math.Min(results.Count, commands.Count - 1)].Text}\"; nothing of it is used", Name);
    }

    /// <summary>Reading has no outcome that could be unknown.</summary>
    private static OpsKitException NotRead(ReadingCommand command, bool isConnected, OpsKitException failure) => new(
        failure.Kind,
        isConnected ? $"no end of \"{command.Text}\" within {SshFailures.Seconds(command.Timeout)}" : $"the connection broke during \"{command.Text}\", and again when it was repeated",
        failure.Target,
        innerException: failure);
}
