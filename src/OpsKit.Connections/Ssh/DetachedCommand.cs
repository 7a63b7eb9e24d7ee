namespace OpsKit.Connections.Ssh;

/// <summary>
/// A long command that runs on the host without a connection: its output and exit status go to files there, so that a dropped connection is attached to
/// again instead of the command being run again.
/// </summary>
/// <param name="Text">The command line, run by the host's <c>/bin/sh</c>.</param>
public sealed record DetachedCommand(string Text)
{
    /// <summary>Names the run on the host: 1–64 letters, digits, <c>-</c> and <c>_</c>. The same name is the same run: starting it twice attaches to the first.</summary>
    public string Id { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>Folder on the host that holds the run's own folder <c>opskit-ID</c>. Default <c>/tmp</c>; on ESXi that is memory, so a datastore is better where much is written.</summary>
    public string Folder { get; init; } = "/tmp";

    /// <summary>How long it may take in all before waiting for it is given up. Default 1 hour.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often the host is asked how it stands. Default 2 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long reconnecting is tried after the connection broke. Default 10 minutes.</summary>
    public TimeSpan ReattachTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many bytes of output are kept. Default 4 MiB.</summary>
    public int OutputLimit { get; init; } = 4 * 1024 * 1024;
}

/// <summary>How a detached command ended.</summary>
/// <param name="ExitStatus">Its exit status.</param>
/// <param name="Output">Its standard output and error, as far as they were kept, read as UTF-8.</param>
/// <param name="Reattached">How often the connection was lost and found again.</param>
public sealed record DetachedResult(int ExitStatus, string Output, int Reattached)
{
    /// <summary>True where there was more output than is kept.</summary>
    public bool Truncated { get; init; }
}
