namespace OpsKit.Lab.Esxi.Processes;

/// <summary>What a program reads from or writes to: a descriptor of its process, as long as that lives. What it writes is work of its.</summary>
internal sealed class DescriptorStream(OpenFile? file, HostProcess process) : Stream
{
    public override bool CanRead => file?.CanRead == true;

    public override bool CanSeek => false;

    public override bool CanWrite => file?.CanWrite == true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Open().ReadAsync(buffer, process.Token);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        process.Meter.Add(1 + (buffer.Length / WorkMeter.BytesOfWork));
        if (process.Meter.IsSpent)
            process.Signal(HostSignal.Xcpu);
        return Open().WriteAsync(buffer, process.Token);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private OpenFile Open() => file ?? throw new IOException("Bad file descriptor");
}
