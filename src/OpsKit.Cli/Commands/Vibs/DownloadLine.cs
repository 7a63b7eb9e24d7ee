using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Connections.Downloads;
using OpsKit.Modules.Vibs;

namespace OpsKit.Cli.Commands.Vibs;

/// <summary>How far a download is: a line that moves on a terminal, one every 30 s elsewhere.</summary>
internal sealed class DownloadLine : IProgress<WebProgress>, IDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(250);

    private readonly Terminal _terminal;
    private readonly TimeProvider _clock;
    private readonly string _name;
    private readonly bool _moves;
    private long _last;

    public DownloadLine(Terminal terminal, TimeProvider clock, string name)
    {
        (_terminal, _clock, _name) = (terminal, clock, SafeText.Line(name));
        _moves = terminal.Streams.ErrorIsTerminal && terminal.Verbosity > Verbosity.Quiet;
        _last = clock.GetTimestamp();
    }

    public void Report(WebProgress value)
    {
        if (_clock.GetElapsedTime(_last) < (_moves ? Frame : Heartbeat))
            return;
        _last = _clock.GetTimestamp();
        var line = $"downloading {_name}: {VibWords.Size(value.Bytes)}{(value.Total is { } total ? $" of {VibWords.Size(total)}" : "")}";
        if (_moves)
            _terminal.Draw([InkWrap.Cut(line, _terminal.LiveSize().Width - 1)]);
        else
            _terminal.Say(line);
    }

    public void Dispose() => _terminal.EndDrawing(keep: false);
}
