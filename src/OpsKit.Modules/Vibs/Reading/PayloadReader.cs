using System.IO.Compression;
using System.Security.Cryptography;

namespace OpsKit.Modules.Vibs;

/// <summary>Reads a payload as it streams: its digests, as stored and decompressed, and the files in it.</summary>
internal sealed class PayloadReader(ReadBudget budget, string package, ProblemList problems)
{
    private static readonly Dictionary<string, HashAlgorithmName> Algorithms = new(StringComparer.Ordinal)
    {
        ["sha-256"] = HashAlgorithmName.SHA256,
        ["sha-1"] = HashAlgorithmName.SHA1,
        ["sha-512"] = HashAlgorithmName.SHA512,
        ["md5"] = HashAlgorithmName.MD5,
    };

    /// <summary>Reads it.</summary>
    /// <param name="described">What the descriptor says of it.</param>
    /// <param name="member">The payload in the archive.</param>
    public VibPayload Read(VibPayload described, ArMember member)
    {
        using var stored = new DigestingStream(member.Content, Wanted(described, ofContent: false), budget.Passed);
        var compressed = stored.Peek(TarHeader.Bytes) is [0x1F, 0x8B, ..];
        var read = compressed ? ReadCompressed(described, stored) : ReadPlain(described, stored);
        ForwardOnlyStream.Drain(stored);
        if (described.DeclaredBytes is { } declared && declared != stored.Count)
            Complain(described, $"is {stored.Count} bytes long; the descriptor says {declared}");
        return read with { Bytes = stored.Count, Digests = [.. read.Digests.Select(digest => digest.OfContent ? digest : Compare(described, digest, stored))] };
    }

    private VibPayload ReadPlain(VibPayload described, DigestingStream stored)
    {
        var format = Contents.FormatOf(stored.Peek(TarHeader.Bytes));
        if (described.Type is "tgz" or "vgz" && format != "xz")
            Complain(described, $"is of type {described.Type} and not compressed by gzip");
        else if (described.Digests.Any(digest => digest.OfContent))
            Complain(described, "has a digest of its decompressed content and is not compressed by gzip");
        if (format != "xz")
            return described with { Format = format };
        (format, var files) = new Contents(budget, Subject(described), problems).Read(described, stored);
        return described with { Format = format, Files = files };
    }

    private VibPayload ReadCompressed(VibPayload described, DigestingStream stored)
    {
        using var gzip = new GZipStream(stored, CompressionMode.Decompress, leaveOpen: true);
        using var content = new DigestingStream(gzip, Wanted(described, ofContent: true), budget.Decompressed);
        var (format, files) = ("gzip", (IReadOnlyList<VibContent>)[]);
        try
        {
            (var inner, files) = new Contents(budget, Subject(described), problems).Read(described, content);
            format = inner.Length > 0 ? $"gzip, {inner}" : "gzip";
            ForwardOnlyStream.Drain(content);
        }
        catch (InvalidDataException)
        {
            Complain(described, $"cannot be decompressed: its gzip data are damaged after {content.Count} bytes of content");
            return described with { Format = "gzip, damaged", Files = files };
        }

        ForwardOnlyStream.Drain(stored);
        var digests = described.Digests.Select(digest => digest.OfContent ? Compare(described, digest, content) : digest).ToList();
        if (stored.LastFour != (uint)content.Count)
        {
            var what = $"is cut off, or has something after its end: {content.Count} bytes come out of it, and its own last bytes say {stored.LastFour}";
            if (digests.Exists(digest => digest is { OfContent: true, Standing: VibDigestStanding.Verified }))
                problems.Warning(Subject(described), what);
            else
                Complain(described, what);
        }

        return described with { Format = format, ContentBytes = content.Count, Files = files, Digests = digests };
    }

    private VibDigest Compare(VibPayload payload, VibDigest digest, DigestingStream stream)
    {
        if (!Algorithms.TryGetValue(digest.Algorithm, out var algorithm) || digest.Process is not ("" or "gunzip"))
        {
            var what = digest.Process.Length > 0 ? $"{digest.Algorithm} after {digest.Process}" : digest.Algorithm;
            problems.Warning(Subject(payload), $"has a digest of a kind that cannot be verified: {what}");
            return digest;
        }

        var calculated = stream.Digest(algorithm)!;
        var same = calculated.Equals(digest.Expected, StringComparison.OrdinalIgnoreCase);
        if (!same)
            Complain(payload, $"is not what was described: its {digest.Algorithm}{(digest.OfContent ? " when decompressed" : "")} is {calculated}, the descriptor says {digest.Expected}");
        return digest with { Calculated = calculated, Standing = same ? VibDigestStanding.Verified : VibDigestStanding.Differs };
    }

    private static IEnumerable<HashAlgorithmName> Wanted(VibPayload payload, bool ofContent) =>
        payload.Digests.Where(digest => digest.OfContent == ofContent && digest.Process is "" or "gunzip" && Algorithms.ContainsKey(digest.Algorithm)).Select(digest => Algorithms[digest.Algorithm]);

    private void Complain(VibPayload payload, string what) => problems.Error(Subject(payload), what);

    private string Subject(VibPayload payload) => $"{package} payload {payload.Name}";
}
