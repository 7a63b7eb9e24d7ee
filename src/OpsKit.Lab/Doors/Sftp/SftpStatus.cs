namespace OpsKit.Lab.Doors.Sftp;

/// <summary>How a request ended (draft-ietf-secsh-filexfer-02, 7).</summary>
internal enum SftpStatus
{
    Ok = 0,
    EndOfFile = 1,
    NoSuchFile = 2,
    PermissionDenied = 3,
    Failure = 4,
    BadMessage = 5,
    Unsupported = 8,
}

/// <summary>A request that fails.</summary>
internal sealed class SftpException(SftpStatus status, string message) : IOException(message)
{
    public SftpStatus Status => status;

    /// <summary>What a failure of this machine's file system is to a client.</summary>
    public static SftpException Of(Exception failure) => failure switch
    {
        SftpException same => same,
        FileNotFoundException or DirectoryNotFoundException => new SftpException(SftpStatus.NoSuchFile, "No such file"),
        UnauthorizedAccessException => new SftpException(SftpStatus.PermissionDenied, "Permission denied"),
        _ => new SftpException(SftpStatus.Failure, failure.Message),
    };
}
