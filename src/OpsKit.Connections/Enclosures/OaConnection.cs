using OpsKit.Connections.Ssh;

namespace OpsKit.Connections.Enclosures;

/// <summary>
/// One Onboard Administrator over one SSH connection: an exec channel for each command, which is in script mode by itself; an interactive session where exec
/// channels are refused or give no prompt to tell the answer by.
/// </summary>
internal sealed class OaConnection(SshSession session, string address) : IAsyncDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private OaDialogue? _dialogue;
    private bool _interactive;

    public SshSession Session => session;

    /// <summary>Asks.</summary>
    /// <exception cref="OpsKitException">The connection broke or the time ran out (Unreachable); the answer is cut short or no answer at all (Failed, <see cref="OpsKitException.Unreadable"/>).</exception>
    public async Task<OaReply> AskAsync(ReadingCommand command, CancellationToken cancellationToken)
    {
        if (!_interactive && await TryExecAsync(new RemoteCommand(command.Text) { Timeout = command.Timeout, OutputLimit = command.OutputLimit }, cancellationToken).ConfigureAwait(false) is { } reply)
            return reply;
        _interactive = true;
        return await ConverseAsync(command.Text, confirmed: false, command.Timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a command that changes something, once. Something must have been asked before, so that it is known which way answers come.</summary>
    /// <exception cref="OpsKitException">As for reading; <see cref="OpsKitException.OutcomeUnknown"/> where it may have been carried out.</exception>
    public async Task<OaReply> SendAsync(OaCommand command, CancellationToken cancellationToken)
    {
        if (_interactive)
            return await ConverseAsync(command.Text, command.Confirmed, command.Timeout, cancellationToken).ConfigureAwait(false);
        return await TryExecAsync(new RemoteCommand(command.Text) { Timeout = command.Timeout }, cancellationToken).ConfigureAwait(false)
            ?? throw new OpsKitException(
                FailureKind.Failed, $"the answer to \"{command.Text}\" cannot be told from what came: the outcome is unknown", session.Name, "look at what is there before it is done again") { Unreadable = true, OutcomeUnknown = true };
    }

    public async ValueTask DisposeAsync()
    {
        if (_dialogue is { } open)
            await open.DisposeAsync().ConfigureAwait(false);
        _oneAtATime.Dispose();
    }

    private async Task<OaReply?> TryExecAsync(RemoteCommand command, CancellationToken cancellationToken)
    {
        RemoteCommandResult result;
        try
        {
            result = await session.RunAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException refused) when (refused is { Kind: FailureKind.Failed, OutcomeUnknown: false })
        {
            return null;
        }

        if (result.Truncated)
            throw new OpsKitException(FailureKind.Failed, $"the answer to \"{command.Text}\" is longer than what is kept of it", session.Name) { Unreadable = true };
        return OaExecOutput.AnswerOf(result.Output, command.Text) is { } answer ? new OaReply(answer, result.ExitStatus, address) : null;
    }

    private async Task<OaReply> ConverseAsync(string command, bool confirmed, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _dialogue ??= await OaDialogue.OpenAsync(session, cancellationToken).ConfigureAwait(false);
            return new OaReply(await _dialogue.RunAsync(command, confirmed, timeout, cancellationToken).ConfigureAwait(false), null, address);
        }
        catch
        {
            // What comes next in a shell that was given up may belong to the command before.
            if (_dialogue is { } astray)
                await astray.DisposeAsync().ConfigureAwait(false);
            _dialogue = null;
            throw;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
