namespace OpsKit.Lab.Doors.Sftp;

/// <summary>What a client has open: a file it reads, a file it sends, a folder it lists.</summary>
internal sealed class SftpOpen : IDisposable
{
    /// <summary>The path as the thing has it.</summary>
    public required string Path { get; init; }

    public FileStream? Reading { get; init; }

    public SentFile? Sending { get; init; }

    /// <summary>What of the folder was not told yet.</summary>
    public Queue<FileSystemInfo>? Listing { get; init; }

    /// <summary>The open file.</summary>
    /// <exception cref="SftpException">It is a folder.</exception>
    public FileStream File => Reading ?? Sending?.File ?? throw new SftpException(SftpStatus.Failure, "Is a directory");

    public void Dispose()
    {
        Reading?.Dispose();
        Sending?.Dispose();
    }
}

/// <summary>How a client wants a file opened (draft-ietf-secsh-filexfer-02, 6.3).</summary>
[Flags]
internal enum SftpOpenFlags
{
    Read = 1,
    Write = 2,
    Append = 4,
    Create = 8,
    Truncate = 16,
    Exclusive = 32,
}
