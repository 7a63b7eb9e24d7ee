using System.Buffers;
using System.Text;

namespace OpsKit.Connections.Ssh;

/// <summary>
/// Takes what one output stream of a command has received. SSH.NET receives without limit and its streams block when they are empty, so what is there is
/// taken at short intervals and no thread waits for more.
/// </summary>
internal sealed class OutputPump(Stream source, int limit, Action<string>? onLine)
{
    private readonly StringBuilder _line = new();

    /// <summary>What was taken.</summary>
    internal KeptOutput Output { get; } = new(limit);

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

    /// <summary>Takes a piece that was handed over.</summary>
    internal void Take(ReadOnlySpan<byte> piece)
    {
        Output.Add(piece);
        if (onLine is not null)
            TellLines(Output.Decode(piece));
    }

    private int TakeSome()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            var count = source.Read(buffer, 0, buffer.Length);
            Take(buffer.AsSpan(0, count));
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void TellLines(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
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
