using OpsKit.Lab.Esxi.Terminals;

namespace OpsKit.Lab.Esxi.Processes;

/// <summary>An open file as the kernel has it: one position, shared by all descriptors that were copied from one another; closed with the last of them.</summary>
internal sealed class OpenFile(Stream stream, bool ownsStream = true) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _references = 1;

    public static OpenFile Nothing() => new(Stream.Null, ownsStream: false);

    public bool CanRead => stream.CanRead;

    public bool CanWrite => stream.CanWrite;

    /// <summary>The terminal it is; null for files and pipes.</summary>
    public HostTerminal? Terminal { get; init; }

    public bool IsTerminal => Terminal is not null;

    public OpenFile Share()
    {
        Interlocked.Increment(ref _references);
        return this;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
            Dispose();
    }

    public void Dispose()
    {
        if (ownsStream)
            stream.Dispose();
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!stream.CanRead)
            throw new IOException("Bad file descriptor");
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _reading.Release();
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!stream.CanWrite)
            throw new IOException("Bad file descriptor");
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }
}
