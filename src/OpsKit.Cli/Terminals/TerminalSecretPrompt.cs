using OpsKit.Connections.Secrets;

namespace OpsKit.Cli.Terminals;

/// <summary>Asks for secrets on the terminal.</summary>
internal sealed class TerminalSecretPrompt(Terminal terminal) : ISecretPrompt
{
    /// <inheritdoc/>
    public Task<string?> AskAsync(string question, CancellationToken cancellationToken) => terminal.AskSecretAsync(question, cancellationToken);
}
