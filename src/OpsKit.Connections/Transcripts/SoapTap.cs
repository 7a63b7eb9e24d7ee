using OpsKit.Vim25;

namespace OpsKit.Connections.Transcripts;

/// <summary>Hands the calls of one endpoint to a transcript.</summary>
internal sealed class SoapTap(string endpoint, ITranscript transcript) : ISoapTap
{
    public bool IsListening => transcript.IsRecording;

    public int KeptBytes => transcript.KeptCharacters;

    public void Heard(SoapConversation conversation) => transcript.Soap(endpoint, conversation);
}
