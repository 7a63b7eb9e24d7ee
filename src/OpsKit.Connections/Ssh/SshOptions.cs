using OpsKit.Connections.Transcripts;

namespace OpsKit.Connections.Ssh;

/// <summary>How OpsKit as a whole speaks SSH; what differs by endpoint is in <see cref="Inventory.SshSettings"/>.</summary>
public sealed record SshOptions
{
    /// <summary>How many handshakes may be under way at once, over all hosts. Default 32.</summary>
    public int MaxHandshakes { get; init; } = 32;

    /// <summary>How many handshakes may be under way at once with one host and port. sshd starts dropping at 10 (<c>MaxStartups</c>). Default 6.</summary>
    public int MaxHandshakesPerHost { get; init; } = 6;

    /// <summary>How many sessions may be open at once, over all hosts; connecting waits for one to close. Default 256.</summary>
    public int MaxSessions { get; init; } = 256;

    /// <summary>How often an idle connection sends a sign of life. Default 15 s.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a peer may leave a request of the protocol (open a channel, start a command) unanswered before the connection counts as dead. Default 60 s.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Told after each connect, command, shell step and upload, on whichever thread did the work; texts are redacted.</summary>
    public Action<SshExchange>? Observer { get; init; }

    /// <summary>Takes down what is said. Default: nothing is.</summary>
    public ITranscript Transcript { get; init; } = NoTranscript.Instance;

    /// <summary>What lies beneath the sessions; null for SSH.NET.</summary>
    internal ISshTransport? Transport { get; init; }
}

/// <summary>What was done over SSH, without what was said.</summary>
/// <param name="Target">The endpoint's name.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Command">The command or path, redacted; empty for a connect.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="ExitStatus">The command's exit status, or null where there is none.</param>
/// <param name="BytesReceived">Bytes of output received.</param>
/// <param name="BytesSent">Bytes of input sent.</param>
/// <param name="Failure">What went wrong, redacted; null where nothing did.</param>
public sealed record SshExchange(
    string Target,
    SshExchangeKind Kind,
    string Command,
    TimeSpan Duration,
    int? ExitStatus,
    long BytesReceived,
    long BytesSent,
    string? Failure);

/// <summary>The kinds of <see cref="SshExchange"/>.</summary>
public enum SshExchangeKind
{
    /// <summary>A connection was opened.</summary>
    Connect,

    /// <summary>A command was run.</summary>
    Command,

    /// <summary>A step of an interactive shell.</summary>
    ShellStep,

    /// <summary>A file was sent.</summary>
    Upload,
}
