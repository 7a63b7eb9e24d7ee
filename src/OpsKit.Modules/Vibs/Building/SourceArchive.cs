using System.IO.Compression;

namespace OpsKit.Modules.Vibs;

/// <summary>An entry of the archive that becomes a payload.</summary>
/// <param name="Content">What it is.</param>
/// <param name="At">Where its data begin in the decompressed archive.</param>
/// <param name="IsScript">Whether it begins like a script.</param>
internal sealed record SourceEntry(VibContent Content, long At, bool IsScript);

/// <summary>The archive that becomes a payload, decompressed into a temporary file, and looked at as a payload is.</summary>
internal sealed class SourceArchive : IDisposable
{
    private readonly FileStream _plain;

    private SourceArchive(FileStream plain, IReadOnlyList<SourceEntry> entries, DateTimeOffset newest) => (_plain, Entries, Newest) = (plain, entries, newest);

    /// <summary>Its entries, by path; links to files after those.</summary>
    public IReadOnlyList<SourceEntry> Entries { get; }

    /// <summary>When the newest of its files was changed.</summary>
    public DateTimeOffset Newest { get; }

    /// <summary>Reads it.</summary>
    /// <param name="source">The archive.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="budget">What is left of the limits.</param>
    /// <param name="problems">Told what no package should bring.</param>
    /// <exception cref="ArchiveException">It is none, damaged, or too large.</exception>
    public static SourceArchive Read(Stream source, string name, ReadBudget budget, ProblemList problems)
    {
        var plain = Unpacked.TemporaryFile();
        try
        {
            Decompress(source, plain, budget);
            plain.Position = 0;
            using (var content = new DigestingStream(plain, []))
            {
                var (format, _) = new Contents(budget, name, problems).Read(new VibPayload(name, "tgz"), content);
                if (format is not ("tar" or "vmtar"))
                    throw new ArchiveException("holds no tar archive");
            }

            plain.Position = 0;
            var entries = EntriesOf(plain, out var newest);
            return new SourceArchive(plain, entries, newest);
        }
        catch
        {
            plain.Dispose();
            throw;
        }
    }

    /// <summary>Copies the data of an entry.</summary>
    public void Copy(SourceEntry entry, Stream destination)
    {
        _plain.Position = entry.At;
        using var part = new PartStream(_plain, entry.Content.Bytes, entry.Content.Path);
        part.CopyTo(destination);
    }

    public void Dispose() => _plain.Dispose();

    private static void Decompress(Stream source, FileStream plain, ReadBudget budget)
    {
        var first = new byte[2];
        var got = source.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        if (got < first.Length || !first.AsSpan().SequenceEqual(new byte[] { 0x1F, 0x8B }))
            throw new ArchiveException("is no gzip file; pack the files with: tar -czf FILE opt usr etc");
        source.Position = 0;
        using var stored = new DigestingStream(source, [], budget.Passed);
        using var gzip = new GZipStream(stored, CompressionMode.Decompress);
        var piece = new byte[128 * 1024];
        try
        {
            while (gzip.Read(piece) is var count and > 0)
            {
                budget.Decompressed(count);
                plain.Write(piece, 0, count);
            }
        }
        catch (InvalidDataException damage)
        {
            throw new ArchiveException($"cannot be decompressed: its gzip data are damaged after {plain.Length} bytes of content", damage);
        }

        ForwardOnlyStream.Drain(stored);
        if (stored.LastFour != (uint)plain.Length)
            throw new ArchiveException($"is cut off, or has something after its end: {plain.Length} bytes come out of it, and its own last bytes say {stored.LastFour}");
    }

    private static List<SourceEntry> EntriesOf(FileStream plain, out DateTimeOffset newest)
    {
        var entries = new List<SourceEntry>();
        var latest = 0L;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in TarWalk.Items(plain))
        {
            var header = item.Header;
            var at = item.Data is null ? header.DataOffset : plain.Position;
            var content = Contents.Of(header);
            if (Contents.IsRoot(header) || !seen.Add(content.Path))
                continue;
            if (content.Kind == VibContentKind.HardLink)
                content = content with { LinkTarget = ArchivePath.Clean(content.LinkTarget!) };
            latest = Math.Max(latest, header.Modified);
            entries.Add(new SourceEntry(content, at, IsScript(plain, at, content.Bytes)));
            if (item.Data is not null)
                plain.Position = at;
        }

        newest = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(latest, 315_532_800, 4_354_819_199));
        return [.. entries.OrderBy(entry => entry.Content.Kind == VibContentKind.HardLink).ThenBy(entry => entry.Content.Path, StringComparer.Ordinal)];
    }

    private static bool IsScript(FileStream plain, long at, long bytes)
    {
        if (bytes < 2 || at + 2 > plain.Length)
            return false;
        var back = plain.Position;
        plain.Position = at;
        var script = plain.ReadByte() == '#' && plain.ReadByte() == '!';
        plain.Position = back;
        return script;
    }
}
