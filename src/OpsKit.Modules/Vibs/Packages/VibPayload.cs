namespace OpsKit.Modules.Vibs;

/// <summary>A payload of a package: a compressed archive of files, or a file of the boot bank.</summary>
/// <param name="Name">Its name in the archive; the boot bank's file name derives from it.</param>
/// <param name="Type"><c>tgz</c> (gzip of tar), <c>vgz</c> (gzip of VMware's vmtar), <c>boot</c>, or another word of the descriptor.</param>
public sealed record VibPayload(string Name, string Type)
{
    /// <summary>Its size in the archive in bytes, as the descriptor says; null where it does not.</summary>
    public long? DeclaredBytes { get; init; }

    /// <summary>Its size in the archive in bytes; null where it is missing there.</summary>
    public long? Bytes { get; init; }

    /// <summary>Its size when decompressed, in bytes; null where it is not compressed or could not be.</summary>
    public long? ContentBytes { get; init; }

    /// <summary>How it turned out to be stored, such as <c>gzip, vmtar</c>; empty for plain bytes.</summary>
    public string Format { get; init; } = "";

    /// <summary>Its digests.</summary>
    public IReadOnlyList<VibDigest> Digests { get; init; } = [];

    /// <summary>What is in it; empty for a payload that is no archive.</summary>
    public IReadOnlyList<VibContent> Files { get; init; } = [];
}
