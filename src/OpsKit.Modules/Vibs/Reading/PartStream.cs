namespace OpsKit.Modules.Vibs;

/// <summary>The next so many bytes of another stream, which is read forwards and left open.</summary>
/// <param name="whole">The stream.</param>
/// <param name="length">How many bytes.</param>
/// <param name="what">What they are, for the error where the stream ends before them.</param>
internal sealed class PartStream(Stream whole, long length, string what) : ForwardOnlyStream
{
    private long _read;

    /// <summary>How many bytes were not read yet.</summary>
    public long Left => length - _read;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0 || Left == 0)
            return 0;
        var count = whole.Read(buffer[..(int)Math.Min(buffer.Length, Left)]);
        if (count == 0)
            throw new ArchiveException($"truncated: {what} should be {length} bytes long, {_read} are there");
        _read += count;
        return count;
    }
}
