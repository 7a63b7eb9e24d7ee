namespace OpsKit.Connections.Ssh;

/// <summary>A logged-in SSH connection. Commands may run side by side on it, each on a channel of its own.</summary>
public sealed class SshSession : IAsyncDisposable
{
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(3);
    private const int ShownCommand = 60;

    private readonly SshTarget _target;
    private readonly ISshConnection _connection;
    private readonly SshWatch _watch;
    private readonly TimeProvider _clock;
    private Action? _released;

    internal SshSession(SshTarget target, ISshConnection connection, SshWatch watch, TimeProvider clock, Action released)
    {
        _target = target;
        _connection = connection;
        _watch = watch;
        _clock = clock;
        _released = released;
    }

    /// <summary>The endpoint's name.</summary>
    public string Name => _target.Name;

    /// <summary>The host key the server proved to hold.</summary>
    public SshHostKey HostKey => _connection.HostKey;

    /// <summary>What the server calls itself, such as <c>SSH-2.0-OpenSSH_9.2</c>; it may be anything.</summary>
    public string ServerVersion => _connection.ServerVersion;

    /// <summary>Key exchange and cipher in use, such as <c>curve25519-sha256, aes128-gcm@openssh.com</c>.</summary>
    public string Algorithms => _connection.Algorithms;

    /// <summary>True while the connection is up, as far as this side knows.</summary>
    public bool IsConnected => _connection.IsConnected;

    /// <summary>Runs a command with the default limits.</summary>
    /// <inheritdoc cref="RunAsync(RemoteCommand, CancellationToken)"/>
    public Task<RemoteCommandResult> RunAsync(string command, CancellationToken cancellationToken) => RunAsync(new RemoteCommand(command), cancellationToken);

    /// <summary>Runs a command and waits for its end. A non-zero exit status is a result, not an exception.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Asks the command to end (SIGTERM) and stops waiting; it may go on all the same.</param>
    /// <exception cref="OpsKitException">
    /// The connection broke or the time ran out: <see cref="OpsKitException.OutcomeUnknown"/> is true, for the command may have taken effect.
    /// </exception>
    public Task<RemoteCommandResult> RunAsync(RemoteCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        return RunAsync(command, $"\"{Shortened(command.Text)}\"", cancellationToken);
    }

    internal Task<RemoteCommandResult> RunAsync(RemoteCommand command, string doing, CancellationToken cancellationToken) =>
        RunFedAsync(command, doing, command.Input is { } bytes ? input => input.Write(bytes.Span) : null, cancellationToken);

    /// <summary>Runs a command that reads what is written to its input.</summary>
    internal async Task<RemoteCommandResult> RunFedAsync(RemoteCommand command, string doing, Action<Stream>? feed, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_released is null, this);
        var (result, _) = await _watch.TimeAsync(
            SshExchangeKind.Command,
            command.Text,
            () => _connection.RunAsync(command, doing, feed, cancellationToken),
            done => new SshWatch.Figures(done.Result.ExitStatus, done.Received, command.Input?.Length ?? 0) { Output = done.Result.Output, Error = done.Result.Error }).ConfigureAwait(false);
        return result;
    }

    /// <summary>Opens an interactive shell, for devices that answer on a prompt only.</summary>
    /// <exception cref="OpsKitException">The server gives no shell, or its prompt does not come in time.</exception>
    public Task<SshShell> OpenShellAsync(SshShellOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ObjectDisposedException.ThrowIf(_released is null, this);
        return SshShell.OpenAsync(_target, _connection, options, _watch, _clock, cancellationToken);
    }

    /// <summary>
    /// Sends a file: to a temporary name beside its place, digest compared on the host, then renamed. What was there before stays until then, and
    /// nothing of a failed upload stays.
    /// </summary>
    /// <param name="upload">What goes where.</param>
    /// <param name="progress">Told how far it is, a few times a second; null for nobody.</param>
    /// <param name="cancellationToken">Stops and removes what was sent.</param>
    /// <exception cref="OpsKitException">The local file cannot be read (Usage), the host cannot take it or holds other bytes than were sent (Failed), the connection broke (Unreachable).</exception>
    public Task<UploadResult> UploadAsync(Upload upload, IProgress<UploadProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        ObjectDisposedException.ThrowIf(_released is null, this);
        return _watch.TimeAsync(
            SshExchangeKind.Upload,
            upload.RemotePath,
            () => new Uploader(_target, this, _connection.OpenSftpAsync, _clock).SendAsync(upload, progress, cancellationToken),
            static done => new SshWatch.Figures(null, 0, done.Bytes) { Detail = $"{done.Bytes} bytes, SHA-256 {done.Sha256}, compared there by {done.VerifiedBy}, sent by {done.SentBy}" },
            said: $"{upload.LocalPath} to {upload.RemotePath}");
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _released, null) is not { } released)
            return;
        var closing = BlockingCalls.RunAsync(_connection.Dispose);
        BlockingCalls.Forget(closing);
        await Task.WhenAny(closing, Task.Delay(FarewellLimit, _clock)).ConfigureAwait(false);
        released();
    }

    private static string Shortened(string command)
    {
        var line = command.ReplaceLineEndings(" ");
        return line.Length <= ShownCommand ? line : line[..ShownCommand] + "…";
    }
}
