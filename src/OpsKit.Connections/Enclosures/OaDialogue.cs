using OpsKit.Connections.Ssh;

namespace OpsKit.Connections.Enclosures;

/// <summary>An interactive session with an Onboard Administrator, in script mode where it has one. One command at a time.</summary>
internal sealed class OaDialogue : IAsyncDisposable
{
    private const int MostPages = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SshShell _shell;
    private readonly System.Text.RegularExpressions.Regex _prompt;
    private readonly string _name;

    private OaDialogue(SshShell shell, string name, string endpoint)
    {
        (_shell, _name) = (shell, endpoint);
        _prompt = OaPrompt.Of(name);
    }

    /// <summary>Opens a shell, waits for its prompt whatever banner comes first, and asks for script mode, which is the session's alone.</summary>
    public static async Task<OaDialogue> OpenAsync(SshSession session, CancellationToken cancellationToken)
    {
        var shell = await session.OpenShellAsync(new SshShellOptions { Prompt = OaPrompt.AtTheEnd, Timeout = Patience, NewLine = "\n" }, cancellationToken).ConfigureAwait(false);
        try
        {
            var step = await shell.SendAsync("SET SCRIPT MODE ON", [OaPrompt.AtTheEnd], null, cancellationToken).ConfigureAwait(false);
            return new OaDialogue(shell, OaPrompt.AtTheEnd.Match(step.Matched).Groups["name"].Value, session.Name);
        }
        catch
        {
            await shell.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends a command and gives its answer; pages are turned, a question is answered with <c>YES</c> where that was agreed to.</summary>
    /// <exception cref="OpsKitException">No prompt in time, the session broke, or the command asked a question nobody agreed to.</exception>
    public async Task<string> RunAsync(string command, bool confirmed, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var answer = new System.Text.StringBuilder();
        var line = command;
        for (var page = 0; page < MostPages; page++)
        {
            var step = await _shell.SendAsync(line, [_prompt, OaPrompt.Page, OaPrompt.Question], timeout, cancellationToken).ConfigureAwait(false);
            answer.Append(step.Output);
            switch (step.Which)
            {
                case 0:
                    return string.Join('\n', answer.ToString().Split('\n').Select(text => text.TrimEnd())).Trim('\n');
                case 2:
                    answer.Append(step.Matched).Append('\n');
                    line = confirmed ? "YES" : "NO";
                    break;
                default:
                    line = "";
                    break;
            }
        }

        throw new OpsKitException(FailureKind.Failed, $"\"{command}\" does not come to an end: it was asked for {MostPages} pages", _name) { Unreadable = true };
    }

    public ValueTask DisposeAsync() => _shell.DisposeAsync();
}
