namespace OpsKit.Lab.Esxi.Files;

/// <summary>How a file is opened to be written.</summary>
internal enum HostWriting
{
    /// <summary>What it held is gone.</summary>
    Anew,

    /// <summary>Everything goes behind what it holds.</summary>
    Append,

    /// <summary>It is read as well, from its beginning.</summary>
    Both,
}

/// <summary>A file of a host that is written: it takes room on its volume.</summary>
internal sealed class HostFileStream(FileStream file, HostRoom room, bool append) : Stream
{
    public override bool CanRead => file.CanRead;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (append)
            file.Seek(0, SeekOrigin.End);
        var grows = file.Position + buffer.Length - file.Length;
        if (grows > 0)
            room.Take(grows);
        file.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => file.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => file.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => file.SetLength(value);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
