namespace OpsKit.Modules.Vibs;

/// <summary>How much a reader takes on. What exceeds a limit is refused, with the limit's name; memory does not grow with what a file claims.</summary>
public sealed record VibReadLimits
{
    /// <summary>The limits where none are given: ample for the largest bundle of ESXi itself.</summary>
    public static VibReadLimits Default { get; } = new();

    /// <summary>Bytes of a descriptor or of another XML document. Default 8 MiB.</summary>
    public long DocumentBytes { get; init; } = 8L << 20;

    /// <summary>Bytes of <c>metadata.zip</c>, which is held in memory. Default 64 MiB.</summary>
    public long MetadataBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of a file that is downloaded, or unpacked from within another. Default 4 GiB.</summary>
    public long FileBytes { get; init; } = 4L << 30;

    /// <summary>Bytes of all that is decompressed, taken together. Default 16 GiB.</summary>
    public long ContentBytes { get; init; } = 16L << 30;

    /// <summary>Entries of an archive, and files of all payloads, taken together. Default 200,000.</summary>
    public int Entries { get; init; } = 200_000;
}
