using System.Security.Cryptography;

namespace OpsKit.Modules.Vibs;

/// <summary>A payload that was written.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of it as it is stored.</param>
/// <param name="ContentSha256">SHA-256 of what it holds.</param>
/// <param name="ContentSha1">SHA-1 of what it holds.</param>
internal sealed record WrittenPayload(long Bytes, string Sha256, string ContentSha256, string ContentSha1);

/// <summary>Packs files into a payload: gzip of ustar, with nothing in it that depends on when or where it was made.</summary>
internal static class PayloadWriter
{
    /// <param name="archive">The files.</param>
    /// <param name="modified">The time every file has.</param>
    /// <param name="output">Receives it; at its beginning.</param>
    public static WrittenPayload Write(SourceArchive archive, DateTimeOffset modified, Stream output)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var contentSha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // What hosts before 8.0 compare with.
        using var contentSha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        var stored = new DigestingWriter(output, sha256);
        using (var gzip = new GzipWriter(stored))
        {
            var tar = new UstarWriter(new DigestingWriter(gzip, contentSha256, contentSha1), modified);
            foreach (var entry in archive.Entries)
                tar.Add(entry.Content, destination => archive.Copy(entry, destination));
            tar.End();
        }

        return new WrittenPayload(stored.Count, Hex(sha256), Hex(contentSha256), Hex(contentSha1));
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
