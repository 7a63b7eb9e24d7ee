using System.IO.Compression;

namespace OpsKit.Modules.Vibs;

/// <summary>Writes a ZIP in which every entry has the same time. Packages and their metadata are compressed already; documents are.</summary>
internal sealed class ZipWriter : IDisposable
{
    /// <summary>What files are for whoever unpacks them on Unix: read by all, written by their owner.</summary>
    private const int PlainFile = 0x81A4 << 16;

    private readonly ZipArchive _zip;
    private readonly DateTimeOffset _modified;

    /// <param name="output">Receives it; left open.</param>
    /// <param name="modified">The time of every entry.</param>
    public ZipWriter(Stream output, DateTimeOffset modified) => (_zip, _modified) = (new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true), modified);

    /// <summary>Adds a document.</summary>
    public void Add(string path, byte[] content) => Add(path, stream => stream.Write(content), path.EndsWith(".zip", StringComparison.Ordinal) ? CompressionLevel.NoCompression : CompressionLevel.SmallestSize);

    /// <summary>Adds what is compressed already.</summary>
    public void Add(string path, Action<Stream> write) => Add(path, write, CompressionLevel.NoCompression);

    public void Dispose() => _zip.Dispose();

    private void Add(string path, Action<Stream> write, CompressionLevel level)
    {
        var entry = _zip.CreateEntry(path, level);
        entry.LastWriteTime = new DateTimeOffset(_modified.UtcDateTime, TimeSpan.Zero);
        entry.ExternalAttributes = PlainFile;
        using var stream = entry.Open();
        write(stream);
    }
}
