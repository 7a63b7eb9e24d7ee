using System.Text;

namespace OpsKit.Lab.Enclosures.Lines;

/// <summary>What is typed at a device that has no terminal driver between: it echoes by itself, and takes lines however they end.</summary>
/// <param name="input">What is typed.</param>
/// <param name="output">Where it is echoed.</param>
/// <param name="clock">The clock idleness is measured with.</param>
internal sealed class TypedLines(Stream input, Stream output, TimeProvider clock)
{
    /// <summary>More of a line is dropped.</summary>
    public const int LongestLine = 4096;

    private const byte EndOfText = 3, EndOfInput = 4, Backspace = 8, LineFeed = 10, CarriageReturn = 13, KillLine = 21, Escape = 27, Delete = 127;

    private readonly byte[] _buffer = new byte[1024];
    private int _next;
    private int _count;
    private bool _afterReturn;

    /// <summary>How long nothing may be typed; <see cref="TimeoutException"/> then.</summary>
    public TimeSpan Idle { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>A key that ends the input for whoever reads now, as the one that leaves a console; null for none.</summary>
    public byte? LeavingKey { get; set; }

    /// <summary>Reads a line; null where the input has ended. Ctrl-C gives an empty one.</summary>
    /// <param name="echo">Whether it is shown.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<string?> ReadAsync(bool echo, CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        while (await NextAsync(cancellationToken).ConfigureAwait(false) is { } typed && typed != LeavingKey)
        {
            switch (typed)
            {
                case LineFeed or CarriageReturn:
                    await EchoAsync("\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
                    return Encoding.UTF8.GetString([.. line]);
                case EndOfText:
                    await EchoAsync("^C\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
                    return "";
                case EndOfInput when line.Count == 0:
                    return null;
                case Backspace or Delete:
                    await TakeBackAsync(line, Math.Min(1, line.Count), echo, cancellationToken).ConfigureAwait(false);
                    break;
                case KillLine:
                    await TakeBackAsync(line, line.Count, echo, cancellationToken).ConfigureAwait(false);
                    break;
                case Escape:
                    await SkipSequenceAsync(cancellationToken).ConfigureAwait(false);
                    break;
                case >= (byte)' ' when line.Count < LongestLine:
                    line.Add(typed);
                    if (echo)
                        await EchoAsync([typed], cancellationToken).ConfigureAwait(false);
                    break;
            }
        }

        return line.Count > 0 && LeavingKey is null ? Encoding.UTF8.GetString([.. line]) : null;
    }

    /// <summary>Reads one key without an echo; null where the input has ended.</summary>
    public async Task<char?> ReadKeyAsync(CancellationToken cancellationToken) => await NextAsync(cancellationToken).ConfigureAwait(false) is { } key ? (char)key : null;

    private async Task<byte?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_next >= _count && !await FillAsync(cancellationToken).ConfigureAwait(false))
                return null;
            var typed = _buffer[_next++];
            var rest = _afterReturn && typed == LineFeed;
            _afterReturn = typed == CarriageReturn;
            if (!rest)
                return typed;
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        _next = 0;
        _count = await input.ReadAsync(_buffer, cancellationToken).AsTask().WaitAsync(Idle, clock, cancellationToken).ConfigureAwait(false);
        return _count > 0;
    }

    /// <summary>Arrow keys and the like do nothing.</summary>
    private async Task SkipSequenceAsync(CancellationToken cancellationToken)
    {
        if (await NextAsync(cancellationToken).ConfigureAwait(false) is not (byte)'[')
            return;
        while (await NextAsync(cancellationToken).ConfigureAwait(false) is >= (byte)' ' and <= (byte)'?')
        {
        }
    }

    private async Task TakeBackAsync(List<byte> line, int count, bool echo, CancellationToken cancellationToken)
    {
        line.RemoveRange(line.Count - count, count);
        for (; echo && count > 0; count--)
            await EchoAsync("\b \b"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }

    private async Task EchoAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        await output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
