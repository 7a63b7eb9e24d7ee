using System.Text;

namespace OpsKit.Connections.Ssh;

/// <summary>What a shell has received and nobody has taken yet; filled by the connection's thread, read by the caller's.</summary>
internal sealed class ShellTranscript(int limit)
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private TaskCompletionSource _more = NewSignal();
    private Exception? _end;

    /// <summary>Everything received so far, and a task that ends when there is more.</summary>
    /// <exception cref="IOException">Nothing more will come.</exception>
    internal (string Text, Task More) Look()
    {
        lock (_gate)
        {
            if (_text.Length > limit)
                throw new InvalidDataException($"the device sent more than {limit} characters without the awaited prompt");
            return _end is null || _text.Length > 0
                ? (_text.ToString(), _end is null ? _more.Task : Task.FromException(_end))
                : throw new IOException("the shell was closed by the other side", _end);
        }
    }

    /// <summary>Takes what was looked at; what came since stays.</summary>
    internal void Take(int characters)
    {
        lock (_gate)
            _text.Remove(0, characters);
    }

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
            var count = _decoder.GetChars(bytes, characters, flush: false);
            if (_text.Length <= limit)
                _text.Append(characters, 0, count);
            Signal();
        }
    }

    internal void End(Exception cause)
    {
        lock (_gate)
        {
            _end ??= cause;
            Signal();
        }
    }

    private void Signal()
    {
        _more.TrySetResult();
        _more = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
