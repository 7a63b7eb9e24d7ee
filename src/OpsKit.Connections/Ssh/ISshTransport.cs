namespace OpsKit.Connections.Ssh;

/// <summary>
/// What lies beneath sessions. The product's is SSH.NET; a lab in the same process answers without a server. Failures are those of SSH.NET, so that what is
/// made of them is the same.
/// </summary>
internal interface ISshTransport : IDisposable
{
    /// <summary>Connects and logs in.</summary>
    /// <exception cref="OpsKitException">What went wrong, in the operator's terms.</exception>
    Task<ISshConnection> ConnectAsync(SshTarget target, SshLogin login, CancellationToken cancellationToken);
}

/// <summary>A connection that is logged in.</summary>
internal interface ISshConnection : IDisposable
{
    SshHostKey HostKey { get; }

    string ServerVersion { get; }

    string Algorithms { get; }

    bool IsConnected { get; }

    /// <summary>Runs a command to its end; its input is written by <paramref name="feed"/>, on a thread that may block.</summary>
    Task<(RemoteCommandResult Result, long Received)> RunAsync(RemoteCommand command, string doing, Action<Stream>? feed, CancellationToken cancellationToken);

    /// <summary>Opens an interactive shell; blocks.</summary>
    IShellChannel OpenShell(SshShellOptions options);

    /// <summary>Opens a file transfer.</summary>
    Task<ISftpChannel> OpenSftpAsync(CancellationToken cancellationToken);
}

/// <summary>The raw channel of an interactive shell.</summary>
internal interface IShellChannel : IDisposable
{
    /// <summary>Begins to tell what is received, in order, and then that no more will come.</summary>
    void Listen(Action<ReadOnlySpan<byte>> received, Action<Exception> ended);

    /// <summary>Sends; blocks.</summary>
    void Write(byte[] bytes);
}

/// <summary>File transfer; every call blocks.</summary>
internal interface ISftpChannel : IDisposable
{
    /// <summary>Writes a file, telling how many bytes were taken so far.</summary>
    void Upload(Stream source, string path, Action<long> sent);

    /// <summary>Reads a file.</summary>
    void Download(string path, Stream target);
}
