namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Holds what a command substitution writes, up to the length words may have.</summary>
internal sealed class CapturedOutput : MemoryStream
{
    /// <summary>The text without the line ends behind it.</summary>
    public string Text
    {
        get
        {
            var text = ByteText.Of(GetBuffer().AsSpan(0, (int)Length)).TrimEnd('\n');
            return text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (Length + count > FieldBuilder.MostText)
            throw new Processes.BrokenPipeException();
        base.Write(buffer, offset, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
