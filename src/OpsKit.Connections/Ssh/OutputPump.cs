using System.Buffers;
using System.Text;

namespace OpsKit.Connections.Ssh;

/// <summary>
/// Takes what one output stream of a command has received. SSH.NET receives without limit and its streams block when they are empty, so what is there is
/// taken at short intervals and no thread waits for more.
/// </summary>
internal sealed class OutputPump(Stream source, int limit, Action<string>? onLine)
{
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _line = new();

    /// <summary>Bytes received, kept or not.</summary>
    internal long Received { get; private set; }

    internal bool Truncated => Received > limit;

    internal ReadOnlyMemory<byte> Bytes => _kept.WrittenMemory;

    internal string Text => Encoding.UTF8.GetString(_kept.WrittenSpan);

    /// <summary>Takes what is there, without waiting.</summary>
    internal void Drain()
    {
        while (source.Length > 0 && TakeSome() > 0)
        {
        }
    }

    /// <summary>Takes what is left of a stream that gets no more.</summary>
    internal void DrainToEnd()
    {
        while (TakeSome() > 0)
        {
        }

        if (_line.Length > 0)
            onLine?.Invoke(_line.ToString());
        _line.Clear();
    }

    private int TakeSome()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            var count = source.Read(buffer, 0, buffer.Length);
            Keep(buffer.AsSpan(0, count));
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var room = (int)Math.Max(0, limit - Received);
        Received += bytes.Length;
        _kept.Write(bytes[..Math.Min(room, bytes.Length)]);
        if (onLine is not null && bytes.Length > 0)
            TellLines(bytes);
    }

    private void TellLines(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var count = _decoder.GetChars(bytes, characters, flush: false);
        foreach (var character in characters.AsSpan(0, count))
        {
            if (character != '\n' && _line.Length < limit)
            {
                _line.Append(character);
                continue;
            }

            onLine!(_line.ToString().TrimEnd('\r'));
            _line.Clear();
        }
    }
}
