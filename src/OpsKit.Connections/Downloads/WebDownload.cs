namespace OpsKit.Connections.Downloads;

/// <summary>A file that was downloaded.</summary>
/// <param name="Address">Where it came from in the end, after redirects.</param>
/// <param name="Bytes">How many bytes.</param>
public sealed record WebDownload(Uri Address, long Bytes);

/// <summary>How far a download is.</summary>
/// <param name="Bytes">Bytes received so far.</param>
/// <param name="Total">Bytes there will be; null where the server does not say.</param>
public sealed record WebProgress(long Bytes, long? Total);

/// <summary>How much a download takes on, and how patient it is.</summary>
public sealed record WebDownloadOptions
{
    /// <summary>The defaults.</summary>
    public static WebDownloadOptions Default { get; } = new();

    /// <summary>Bytes at most. Default 4 GiB.</summary>
    public long MostBytes { get; init; } = 4L << 30;

    /// <summary>How long connecting may take. Default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long nothing may come before it is given up. Default 60 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
