using System.Buffers;
using System.Text;

namespace OpsKit.Vim25;

/// <summary>
/// An answer's body for a reader that reads synchronously. Every wait for the network ends with cancellation or after the longest
/// silence. The first buffer is filled without blocking a thread; most answers fit in it. From then on the next buffer is filled (and
/// decrypted) while the reader works on the one before.
/// </summary>
internal sealed class AnswerStream(
    Stream inner, CancellationTokenSource silence, TimeSpan longestSilence, long? limit, BodyCapture? capture, CancellationToken cancellation) : ForwardStream
{
    private const int BufferSize = 32 * 1024;
    private const int ExcerptLength = 240;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private byte[] _next = ArrayPool<byte>.Shared.Rent(BufferSize);
    private Task<(int Count, bool IsLast)>? _ahead;
    private volatile bool _isWaitedFor;
    private byte[] _head = [];
    private int _start;
    private int _end;
    private bool _complete;

    /// <summary>Bytes received so far.</summary>
    internal long Received { get; private set; }

    /// <summary>True when the whole rest of the body is in the buffer: reading it cannot block.</summary>
    internal bool IsComplete => _complete;

    /// <summary>True when the buffer is used up and reading on may block.</summary>
    internal bool IsDrained => _start == _end && !_complete && _ahead is not { IsCompleted: true };

    /// <summary>Reads until the buffer is full or the body ends.</summary>
    internal async Task PrefetchAsync()
    {
        _isWaitedFor = true;
        silence.CancelAfter(longestSilence);
        Arrived(await FillAsync(_buffer).ConfigureAwait(false));
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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            EndReadingAhead();
            inner.Dispose();
        }

        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            ArrayPool<byte>.Shared.Return(_next);
        }

        _buffer = _next = [];
        _start = _end = 0;
        _complete = true;
        base.Dispose(disposing);
    }

    /// <summary>Nothing may write to a buffer that was given back.</summary>
    private void EndReadingAhead()
    {
        if (_ahead is not { } reading)
            return;
        _ahead = null;
        silence.Cancel();
        ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
        _ = reading.Exception;
    }

    /// <summary>Waits for the buffer that is being filled, takes it in place of the one that is used up, and has that one filled.</summary>
    private void Refill()
    {
        if (_head.Length == 0)
            _head = _buffer.AsSpan(0, Math.Min(_end, ExcerptLength)).ToArray();
        _start = _end = 0;
        _isWaitedFor = true;
        silence.CancelAfter(longestSilence);
        var filled = (_ahead ?? FillAsync(_next)).GetAwaiter().GetResult();
        _ahead = null;
        (_buffer, _next) = (_next, _buffer);
        Arrived(filled);
    }

    /// <summary>Asynchronous reads: only those can be cancelled in the middle of a silent connection.</summary>
    private async Task<(int Count, bool IsLast)> FillAsync(byte[] buffer)
    {
        for (var count = 0; ;)
        {
            var read = await inner.ReadAsync(buffer.AsMemory(count, BufferSize - count), cancellation).ConfigureAwait(false);
            count += read;
            if (read == 0 || count == BufferSize)
                return (count, read == 0);
            if (_isWaitedFor)
                silence.CancelAfter(longestSilence);
        }
    }

    private void Arrived((int Count, bool IsLast) filled)
    {
        // The caller may take as long as it likes with what it has.
        _isWaitedFor = false;
        silence.CancelAfter(Timeout.InfiniteTimeSpan);
        (_end, _complete) = filled;
        Received += _end;
        capture?.Add(_buffer.AsSpan(0, _end));
        if (Received > limit)
            throw new VimProtocolException($"the answer is larger than the limit of {limit} bytes");
        if (!_complete)
            _ahead = Task.Run(() => FillAsync(_next), CancellationToken.None);
    }
}
