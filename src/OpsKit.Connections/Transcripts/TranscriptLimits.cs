namespace OpsKit.Connections.Transcripts;

/// <summary>How much of what is said is kept.</summary>
public sealed record TranscriptLimits
{
    /// <summary>Characters kept of the beginning and of the end of each text (bytes, of a SOAP body). Default 64 Ki.</summary>
    public int KeptCharacters { get; init; } = 64 * 1024;

    /// <summary>Bytes of a file after which nothing is added to it. Default 64 MiB.</summary>
    public long FileBytes { get; init; } = 64L * 1024 * 1024;
}
