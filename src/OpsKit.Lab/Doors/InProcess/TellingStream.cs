namespace OpsKit.Lab.Doors.InProcess;

/// <summary>A stream that tells everything written to it; one piece at a time.</summary>
internal sealed class TellingStream(Action<ReadOnlySpan<byte>> tell) : WriteOnlyStream
{
    private readonly Lock _gate = new();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_gate)
            tell(buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }
}
