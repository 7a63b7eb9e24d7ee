using System.Collections.Concurrent;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Vim25;

namespace OpsKit.Connections.Transcripts;

/// <summary>
/// Transcripts in a folder: <c>NAME.soap.jsonl</c> and <c>NAME.ssh.txt</c> for each endpoint, readable by their owner only. Secrets are redacted, texts are cut
/// in the middle where they are long, files end where they would grow too large. If one cannot be written, that is told once, and recording ends.
/// </summary>
public sealed class TranscriptFolder : ITranscript, IDisposable
{
    /// <summary>The folder's name within a run's.</summary>
    public const string Name = "transcripts";

    private readonly Redactor _redactor;
    private readonly TranscriptLimits _limits;
    private volatile Recording? _recording;

    /// <summary>Records nothing until <see cref="RecordInto"/> is called.</summary>
    /// <param name="redactor">Knows the secrets.</param>
    /// <param name="limits">How much is kept; null for the defaults.</param>
    public TranscriptFolder(Redactor redactor, TranscriptLimits? limits = null)
    {
        _redactor = redactor;
        _limits = limits ?? new TranscriptLimits();
    }

    /// <inheritdoc/>
    public bool IsRecording => _recording is { IsLost: false };

    /// <inheritdoc/>
    public int KeptCharacters => _limits.KeptCharacters;

    /// <summary>Records into a folder from now on, whatever is connected already.</summary>
    /// <param name="runFolder">The run's folder; <see cref="Name"/> is made in it. What is there already is added to.</param>
    /// <param name="lost">Told once, in one sentence, that something could not be recorded; null for nobody.</param>
    public void RecordInto(string runFolder, Action<string>? lost)
    {
        var folder = Path.Combine(runFolder, Name);
        var recording = new Recording(folder, _limits, lost);
        try
        {
            PrivateFiles.CreateFolder(folder);
        }
        catch (OpsKitException e)
        {
            recording.Lose(e.What);
        }

        var before = _recording;
        _recording = recording;
        before?.Dispose();
    }

    /// <inheritdoc/>
    public void Soap(string endpoint, SoapConversation conversation)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(conversation);
        _recording?.Add($"{TranscriptNames.FileOf(endpoint)}.soap.jsonl", () => SoapLine.Of(conversation, _redactor), SoapLine.Full);
    }

    /// <inheritdoc/>
    public void Ssh(SshConversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        _recording?.Add($"{TranscriptNames.FileOf(conversation.Exchange.Target)}.ssh.txt", () => SshPassage.Of(conversation, _redactor, _limits.KeptCharacters), SshPassage.Full);
    }

    /// <summary>Ends the recording.</summary>
    public void Dispose() => Interlocked.Exchange(ref _recording, null)?.Dispose();

    /// <summary>The files of one folder.</summary>
    private sealed class Recording(string folder, TranscriptLimits limits, Action<string>? lost) : IDisposable
    {
        private readonly ConcurrentDictionary<string, Lazy<TranscriptFile>> _files = new(StringComparer.OrdinalIgnoreCase);
        private int _isLost;

        public bool IsLost => Volatile.Read(ref _isLost) != 0;

        public void Add(string name, Func<byte[]> entry, ReadOnlyMemory<byte> full)
        {
            if (IsLost)
                return;
            try
            {
                var file = _files.GetOrAdd(name, key => new Lazy<TranscriptFile>(() => new TranscriptFile(Path.Combine(folder, key), limits.FileBytes)));
                if (!file.Value.Add(entry(), full))
                    Tell($"{name} has reached {limits.FileBytes / (1024 * 1024)} MB: what follows is not in it");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Lose(e.Message);
            }
        }

        public void Lose(string reason)
        {
            if (Interlocked.Exchange(ref _isLost, 1) == 0)
                Tell($"the transcripts in {folder} cannot be written and end here: {reason}");
        }

        public void Dispose()
        {
            foreach (var file in _files.Values.Where(file => file.IsValueCreated))
            {
                try
                {
                    file.Value.Dispose();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    Lose(e.Message);
                }
            }
        }

        private void Tell(string what)
        {
            try
            {
                lost?.Invoke(what);
            }
            catch (OpsKitException)
            {
                // Who is told may be on the same full disk; what is taken down must not suffer from that.
            }
        }
    }
}
