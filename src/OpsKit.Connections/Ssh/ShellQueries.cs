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
    public Task<RemoteCommandResult> RunAsync(ReadingCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        return AskAsync(command, command.Text, cancellationToken);
    }

    private async Task<RemoteCommandResult> AskAsync(ReadingCommand command, string shown, CancellationToken cancellationToken)
    {
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
                throw NotRead(shown, command.Timeout, session.IsConnected, failure);
            }
        }
    }

    /// <summary>
    /// Runs commands of a POSIX shell one after the other, in one request. What one of them comes to does not keep the next from running. An answer without its end is asked
    /// for once more.
    /// </summary>
    /// <param name="commands">The commands; not for enclosures, whose command lines are no shells.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A result for each, in order.</returns>
    /// <exception cref="OpsKitException">As <see cref="RunAsync"/>, and where the answer lacks its end, twice.</exception>
    public async Task<IReadOnlyList<ReadingResult>> RunAllAsync(IReadOnlyList<ReadingCommand> commands, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var server = (await _session(cancellationToken).ConfigureAwait(false)).ServerVersion;
        var results = new List<ReadingResult>(commands.Count);
        foreach (var batch in ReadingBatch.Of(commands, server))
            results.AddRange(await AskAsync(batch, cancellationToken).ConfigureAwait(false));
        return results;
    }

    private async Task<IReadOnlyList<ReadingResult>> AskAsync(ReadingBatch batch, CancellationToken cancellationToken)
    {
        var command = batch.ToCommand();
        var shown = batch.Commands is [var one] ? one.Text : $"{batch.Commands[0].Text} and {batch.Commands.Count - 1} more";
        for (var again = false; ; again = true)
        {
            var answer = await AskAsync(command, shown, cancellationToken).ConfigureAwait(false);
            var results = batch.Split(answer.Output);
            if (results.Count == batch.Commands.Count && !answer.Truncated)
                return results;
            if (again)
                throw new OpsKitException(FailureKind.Failed, $"the answer ended in the midst of \"{batch.Commands[Math.Min(results.Count, batch.Commands.Count - 1)].Text}\", twice; nothing of it is used", Name);
        }
    }

    /// <summary>Reading has no outcome that could be unknown.</summary>
    private static OpsKitException NotRead(string shown, TimeSpan timeout, bool isConnected, OpsKitException failure) => new(
        failure.Kind,
        isConnected ? $"no end of \"{shown}\" within {SshFailures.Seconds(timeout)}" : $"the connection broke during \"{shown}\", and again when it was repeated",
        failure.Target,
        innerException: failure);
}
