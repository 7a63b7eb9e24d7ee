using OpsKit.Connections.Ssh;

namespace OpsKit.Connections.Transcripts;

/// <summary>What was said over SSH in one go, as it was said: secrets may be in it.</summary>
public sealed record SshConversation
{
    /// <summary>What was done and how it ended.</summary>
    public required SshExchange Exchange { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The command line, the line typed, or the path sent to.</summary>
    public string Said { get; init; } = "";

    /// <summary>Standard output, or what a shell answered.</summary>
    public string Output { get; init; } = "";

    /// <summary>Standard error.</summary>
    public string Error { get; init; } = "";

    /// <summary>What else is to be known: host key and algorithms, or size and digest of a file.</summary>
    public string Detail { get; init; } = "";
}
