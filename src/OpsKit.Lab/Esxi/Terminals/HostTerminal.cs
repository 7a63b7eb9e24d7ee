using System.Threading.Channels;
using OpsKit.Lab.Esxi.Processes;

namespace OpsKit.Lab.Esxi.Terminals;

/// <summary>A terminal: what is typed is echoed, can be mended until the line ends, and goes on line by line.</summary>
/// <param name="input">What is typed.</param>
/// <param name="output">What is shown.</param>
/// <param name="interrupt">Called for Ctrl-C.</param>
internal sealed class HostTerminal(Stream input, Stream output, Action interrupt) : IDisposable
{
    private const int MostLine = 64 * 1024;
    private const byte EndOfText = 3;
    private const byte EndOfInput = 4;
    private const byte Backspace = 8;
    private const byte KillLine = 21;
    private const byte Delete = 127;

    private readonly Channel<byte[]> _lines = Channel.CreateBounded<byte[]>(64);
    private readonly SemaphoreSlim _showing = new(1, 1);
    private readonly List<byte> _line = [];
    private ReadOnlyMemory<byte> _rest;
    private bool _ended;

    /// <summary>Every key goes on at once, and none is shown: for programs with a screen.</summary>
    public bool Raw { get; set; }

    /// <summary>The terminal as processes have it.</summary>
    public OpenFile Open() => new(new TerminalStream(this)) { Terminal = this };

    /// <summary>Takes what is typed, to its end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var afterReturn = false;
        while (await input.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            foreach (var key in buffer[..count])
            {
                if (key != (byte)'\n' || !afterReturn)
                    await TypeAsync(key, cancellationToken).ConfigureAwait(false);
                afterReturn = key == (byte)'\r';
            }
        }

        _lines.Writer.TryComplete();
    }

    public void Dispose() => _showing.Dispose();

    public async Task ShowAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var shown = new List<byte>(bytes.Length + 16);
        foreach (var one in bytes.Span)
        {
            if (one == (byte)'\n')
                shown.Add((byte)'\r');
            shown.Add(one);
        }

        await _showing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await output.WriteAsync(shown.ToArray(), cancellationToken).ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _showing.Release();
        }
    }

    private async Task TypeAsync(byte key, CancellationToken cancellationToken)
    {
        if (Raw && key != EndOfText)
        {
            await SendAsync([key], cancellationToken).ConfigureAwait(false);
            return;
        }

        switch (key)
        {
            case (byte)'\r' or (byte)'\n':
                await ShowAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
                await SendAsync([.. _line, (byte)'\n'], cancellationToken).ConfigureAwait(false);
                break;
            case EndOfText:
                await ShowAsync("^C\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
                _line.Clear();
                interrupt();
                break;
            case EndOfInput:
                await SendAsync([.. _line], cancellationToken).ConfigureAwait(false);
                break;
            case Backspace or Delete when _line.Count > 0:
                _line.RemoveAt(_line.Count - 1);
                await ShowAsync("\b \b"u8.ToArray(), cancellationToken).ConfigureAwait(false);
                break;
            case KillLine:
                await ShowAsync(Enumerable.Repeat("\b \b"u8.ToArray(), _line.Count).SelectMany(one => one).ToArray(), cancellationToken).ConfigureAwait(false);
                _line.Clear();
                break;
            case >= 32 and not Delete or (byte)'\t':
                if (_line.Count < MostLine)
                    _line.Add(key);
                await ShowAsync(new[] { key }, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private async Task SendAsync(byte[] line, CancellationToken cancellationToken)
    {
        _line.Clear();
        await _lines.Writer.WriteAsync(line, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_rest.IsEmpty)
        {
            if (_ended || !await _lines.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) || !_lines.Reader.TryRead(out var line))
            {
                _ended = true;
                return 0;
            }

            _rest = line;
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    private sealed class TerminalStream(HostTerminal terminal) : FlowStream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => terminal.ReadAsync(buffer, cancellationToken);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await terminal.ShowAsync(buffer, cancellationToken).ConfigureAwait(false);
    }
}
