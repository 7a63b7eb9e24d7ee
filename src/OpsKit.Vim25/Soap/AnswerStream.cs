using System.Buffers;
using System.Text;

namespace OpsKit.Vim25;

/// <summary>
/// An answer's body for a reader that reads synchronously. Every wait for the network ends with cancellation or after the longest
/// silence. The first buffer is filled without blocking a thread; most answers fit in it.
/// </summary>
internal sealed class AnswerStream(Stream inner, CancellationTokenSource silence, TimeSpan longestSilence, long? limit, CancellationToken cancellation) : Stream
{
    private const int BufferSize = 64 * 1024;
    private const int ExcerptLength = 240;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private byte[] _head = [];
    private int _start;
    private int _end;
    private bool _complete;

    /// <summary>Bytes received so far.</summary>
    internal long Received { get; private set; }

    /// <summary>True when the whole rest of the body is in the buffer: reading it cannot block.</summary>
    internal bool IsComplete => _complete;

    /// <summary>True when the buffer is used up and reading on may block.</summary>
    internal bool IsDrained => _start == _end && !_complete;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads until the buffer is full or the body ends.</summary>
    internal async Task PrefetchAsync()
    {
        while (!_complete && _end < BufferSize)
        {
            silence.CancelAfter(longestSilence);
            Arrived(await inner.ReadAsync(_buffer.AsMemory(_end, BufferSize - _end), cancellation).ConfigureAwait(false));
        }
    }

    /// <summary>The beginning of the body as one line of printable text, for an error message.</summary>
    internal string Excerpt()
    {
        var head = _head.Length > 0 ? _head : _buffer.AsSpan(0, Math.Min(_end, ExcerptLength)).ToArray();
        var text = new StringBuilder(ExcerptLength);
        foreach (var c in Encoding.UTF8.GetString(head))
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                text.Append(c);
            else if (text.Length > 0 && text[^1] != ' ')
                text.Append(' ');
        }

        return text.ToString().TrimEnd();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            if (_complete)
                return 0;
            Refill();
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
        _complete = true;
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>An asynchronous read that is waited for: only that one can be cancelled in the middle of a silent connection.</summary>
    private void Refill()
    {
        if (_head.Length == 0)
            _head = _buffer.AsSpan(0, Math.Min(_end, ExcerptLength)).ToArray();
        _start = _end = 0;
        silence.CancelAfter(longestSilence);
        var read = inner.ReadAsync(_buffer.AsMemory(0, BufferSize), cancellation);
        Arrived(read.IsCompletedSuccessfully ? read.Result : read.AsTask().GetAwaiter().GetResult());
    }

    private void Arrived(int count)
    {
        // The caller may take as long as it likes with what it has.
        silence.CancelAfter(Timeout.InfiniteTimeSpan);
        _complete = count == 0;
        _end += count;
        Received += count;
        if (Received > limit)
            throw new VimProtocolException($"the answer is larger than the limit of {limit} bytes");
    }
}
