namespace OpsKit.Connections.Secrets;

/// <summary>Asks the person at the terminal. Only a console that has one offers it.</summary>
public interface ISecretPrompt
{
    /// <summary>Asks without echo; null when the person gives nothing.</summary>
    /// <param name="question">What is asked for, such as <c>Password of administrator for vc01</c>.</param>
    /// <param name="cancellationToken">Gives up asking.</param>
    Task<string?> AskAsync(string question, CancellationToken cancellationToken);
}
