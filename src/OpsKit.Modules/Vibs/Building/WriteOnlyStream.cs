using System.Security.Cryptography;

namespace OpsKit.Modules.Vibs;

/// <summary>A stream that is written from its beginning to its end, once.</summary>
internal abstract class WriteOnlyStream : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override void Write(ReadOnlySpan<byte> buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>Passes on what is written, counts it and takes its digests.</summary>
/// <param name="inner">Receives it; left open.</param>
/// <param name="hashes">The digests.</param>
internal sealed class DigestingWriter(Stream inner, params IncrementalHash[] hashes) : WriteOnlyStream
{
    /// <summary>How many bytes were passed on.</summary>
    public long Count { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        foreach (var hash in hashes)
            hash.AppendData(buffer);
        Count += buffer.Length;
    }
}
