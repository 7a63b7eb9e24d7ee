namespace OpsKit.Modules.Vibs;

/// <summary>A stream that is read from its beginning to its end, once.</summary>
internal abstract class ForwardOnlyStream : Stream
{
    /// <summary>Room for pieces of a stream that are read only to get past them.</summary>
    private const int PieceBytes = 128 * 1024;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Reads a stream to its end.</summary>
    public static void Drain(Stream stream)
    {
        var piece = System.Buffers.ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (stream.Read(piece) > 0)
            {
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
