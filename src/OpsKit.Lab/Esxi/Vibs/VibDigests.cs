using System.IO.Compression;
using System.Security.Cryptography;

namespace OpsKit.Lab.Esxi.Vibs;

/// <summary>Compares payloads with what their descriptor says of them.</summary>
internal static class VibDigests
{
    private const string Sha256 = "sha-256";

    /// <summary>Whether every payload has the digest that 8.0 wants: SHA-256 of what it holds.</summary>
    public static bool HaveContentDigest(VibPackage package) =>
        package.Payloads.All(payload => payload.Checksums.Any(checksum => checksum is { Type: Sha256, OfContent: true }));

    /// <summary>What is wrong with the first payload that is not as described; null where all are.</summary>
    /// <param name="package">The package.</param>
    /// <param name="knowsContent">From 8.0 on; older versions take the last SHA-256 for that of the payload as it is stored.</param>
    public static string? Mismatch(VibPackage package, bool knowsContent)
    {
        foreach (var payload in package.Payloads)
        {
            if (package.Content(payload) is not { } content)
                return $"Payload {payload.Name} is missing from the archive.";
            var checksums = knowsContent ? payload.Checksums : [.. payload.Checksums.Where(checksum => checksum.Type == Sha256).TakeLast(1).Select(checksum => checksum with { OfContent = false })];
            foreach (var checksum in checksums)
            {
                var calculated = Digest(checksum, content);
                if (!calculated.Equals(checksum.Digest, StringComparison.OrdinalIgnoreCase))
                    return $"Calculated digest at EOF does not match expected result: {calculated} calculated, {checksum.Digest} expected.";
            }
        }

        return null;
    }

    private static string Digest(VibChecksum checksum, ReadOnlyMemory<byte> stored)
    {
        var algorithm = checksum.Type == Sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        using var hash = IncrementalHash.CreateHash(algorithm);
        if (!checksum.OfContent)
        {
            hash.AppendData(stored.Span);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        try
        {
            using var content = new GZipStream(new MemoryStream(stored.ToArray()), CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            while (content.Read(buffer) is var count and > 0)
                hash.AppendData(buffer, 0, count);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (InvalidDataException)
        {
            return "";
        }
    }
}
