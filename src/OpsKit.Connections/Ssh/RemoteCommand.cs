namespace OpsKit.Connections.Ssh;

/// <summary>A command to run on the other side.</summary>
/// <param name="Text">The command line, as the login shell (or an Onboard Administrator's command line) takes it; build it with <see cref="PosixShell"/>.</param>
public sealed record RemoteCommand(string Text)
{
    /// <summary>How long it may take. Default 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many bytes of each output stream are kept; the rest is read and dropped. Default 4 MiB.</summary>
    public int OutputLimit { get; init; } = 4 * 1024 * 1024;

    /// <summary>What it reads on its standard input; null for nothing.</summary>
    public ReadOnlyMemory<byte>? Input { get; init; }

    /// <summary>Told each line of output while the command runs, standard output and error mixed; texts come from the host and may hold anything.</summary>
    public Action<string>? OnLine { get; init; }
}

/// <summary>How a command ended.</summary>
/// <param name="ExitStatus">Its exit status; null where it was killed by a signal or the device sends none.</param>
/// <param name="ExitSignal">The signal that killed it, such as <c>TERM</c>; null where none did.</param>
/// <param name="Output">Its standard output, as far as it was kept, read as UTF-8.</param>
/// <param name="Error">Its standard error, as far as it was kept, read as UTF-8.</param>
/// <param name="Duration">How long it took, from the request to the end of its channel.</param>
public sealed record RemoteCommandResult(int? ExitStatus, string? ExitSignal, string Output, string Error, TimeSpan Duration)
{
    /// <summary>Standard output as it came, as far as it was kept.</summary>
    public ReadOnlyMemory<byte> OutputBytes { get; init; }

    /// <summary>True where output was longer than <see cref="RemoteCommand.OutputLimit"/> and its end was dropped.</summary>
    public bool Truncated { get; init; }

    /// <summary>True where the exit status is 0.</summary>
    public bool Succeeded => ExitStatus == 0;
}
