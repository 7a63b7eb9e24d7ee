using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace OpsKit.Modules.Vibs;

/// <summary>Compresses with gzip. Not <c>GZipStream</c>: its header names the system it ran on.</summary>
internal sealed class GzipWriter : WriteOnlyStream
{
    private readonly Stream _output;
    private readonly DeflateStream _deflate;
    private readonly Crc32 _checksum = new();
    private uint _count;
    private bool _ended;

    /// <param name="output">Receives it; left open.</param>
    public GzipWriter(Stream output)
    {
        _output = output;
        // Method deflate, no name, no time, best compression, no system.
        output.Write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255]);
        _deflate = new DeflateStream(output, CompressionLevel.SmallestSize, leaveOpen: true);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _deflate.Write(buffer);
        _checksum.Append(buffer);
        _count += (uint)buffer.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_ended)
        {
            _ended = true;
            _deflate.Dispose();
            Span<byte> end = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(end, _checksum.GetCurrentHashAsUInt32());
            BinaryPrimitives.WriteUInt32LittleEndian(end[4..], _count);
            _output.Write(end);
        }

        base.Dispose(disposing);
    }
}
