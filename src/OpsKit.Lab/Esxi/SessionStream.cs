using OpsKit.Lab.Esxi.Processes;

namespace OpsKit.Lab.Esxi;

/// <summary>A stream of a session as its processes have it: once the session is over, what they write goes nowhere.</summary>
internal sealed class SessionStream(Stream stream, CancellationToken session) : FlowStream
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when no process has it open any more: only then does a session end.</summary>
    public Task Closed => _closed.Task;

    public override bool CanRead => stream.CanRead;

    public override bool CanWrite => stream.CanWrite;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (session.IsCancellationRequested)
            throw new BrokenPipeException();
        await stream.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        session.IsCancellationRequested ? 0 : await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);

    protected override void Dispose(bool disposing)
    {
        // The stream itself is the door's.
        _closed.TrySetResult();
        base.Dispose(disposing);
    }
}
