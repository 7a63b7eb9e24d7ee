namespace OpsKit.Connections.Ssh;

/// <summary>A file to send to a host.</summary>
/// <param name="LocalPath">The file on this machine.</param>
/// <param name="RemotePath">Where it goes: an absolute path, its folder must be there.</param>
public sealed record Upload(string LocalPath, string RemotePath)
{
    /// <summary>How long sending may go without a byte of progress. Default 60 s.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the host may take to compute its digest. Default 10 minutes.</summary>
    public TimeSpan DigestTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Permissions of the file on the host, in octal as chmod takes them. Default <c>0644</c>.</summary>
    public string Mode { get; init; } = "0644";
}

/// <summary>How far an upload is.</summary>
/// <param name="Sent">Bytes the host has acknowledged.</param>
/// <param name="Total">Bytes in all.</param>
public sealed record UploadProgress(long Sent, long Total);

/// <summary>An upload that is done.</summary>
/// <param name="Bytes">The file's size in bytes.</param>
/// <param name="Sha256">SHA-256 of the file, 64 hex digits in lower case.</param>
/// <param name="VerifiedBy">What the host computed its digest with: <c>sha256sum</c>, <c>sha1sum</c>, <c>md5sum</c>; <c>cat</c> where it has none of them and the file was read back.</param>
/// <param name="SentBy"><c>sftp</c>, or <c>cat</c> where the host has no SFTP server.</param>
/// <param name="Duration">How long sending took, without the digest.</param>
public sealed record UploadResult(long Bytes, string Sha256, string VerifiedBy, string SentBy, TimeSpan Duration);
