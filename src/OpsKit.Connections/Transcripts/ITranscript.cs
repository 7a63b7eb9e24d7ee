using OpsKit.Vim25;

namespace OpsKit.Connections.Transcripts;

/// <summary>Takes down what is said with endpoints. Called from several threads; what goes wrong with it never harms what is taken down.</summary>
public interface ITranscript
{
    /// <summary>Whether anything is taken down now.</summary>
    bool IsRecording { get; }

    /// <summary>How many characters of the beginning and of the end of each text are kept.</summary>
    int KeptCharacters { get; }

    /// <summary>A SOAP call is over.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="conversation">What was said.</param>
    void Soap(string endpoint, SoapConversation conversation);

    /// <summary>Something was done over SSH.</summary>
    /// <param name="conversation">What was said; secrets may be in it.</param>
    void Ssh(SshConversation conversation);
}

/// <summary>Takes nothing down.</summary>
public sealed class NoTranscript : ITranscript
{
    private NoTranscript()
    {
    }

    /// <summary>The one there is.</summary>
    public static NoTranscript Instance { get; } = new();

    /// <inheritdoc/>
    public bool IsRecording => false;

    /// <inheritdoc/>
    public int KeptCharacters => 0;

    /// <inheritdoc/>
    public void Soap(string endpoint, SoapConversation conversation)
    {
    }

    /// <inheritdoc/>
    public void Ssh(SshConversation conversation)
    {
    }
}
