using OpsKit.Connections;

namespace OpsKit.Cli.Terminals;

/// <summary>How much is said on stderr.</summary>
internal enum Verbosity
{
    Quiet,
    Normal,
    Verbose,
}

/// <summary>The one door to the console: data goes to stdout, talk to stderr, questions are asked only where someone can answer.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, TextReader input, TerminalStreams streams, Func<string?>? readSecret = null)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<string> _live = [];
    private Task<string?>? _typing;

    /// <summary>What the streams are.</summary>
    public TerminalStreams Streams => streams;

    /// <summary>What may be drawn; set once the command line is read.</summary>
    public TerminalCapabilities Capabilities { get; set; } = new(Boxes: false, OutputColor: false, ErrorColor: false, Interactive: false, streams.Width);

    /// <summary>How much is said.</summary>
    public Verbosity Verbosity { get; set; } = Verbosity.Normal;

    /// <summary>Takes secrets out of everything that is said on stderr.</summary>
    public Func<string, string> Redact { get; set; } = static text => text;

    /// <summary>stdout, for data. Whoever writes to it has made the text safe.</summary>
    public TextWriter Output => output;

    /// <summary>Writes data to stdout.</summary>
    public void Data(string text)
    {
        lock (_lock)
        {
            if (_live.Count == 0 || !streams.OutputIsTerminal)
            {
                output.Write(text);
                return;
            }

            error.Write(Erasure());
            error.Flush();
            output.Write(text);
            output.Flush();
            error.Write(string.Join('\n', _live));
            error.Flush();
        }
    }

    /// <summary>
    /// Draws lines at the end of stderr that the next call replaces; what is said meanwhile goes above them. Only for a terminal. The lines are
    /// safe, painted, and no wider than the terminal.
    /// </summary>
    public void Draw(IReadOnlyList<string> lines)
    {
        lock (_lock)
        {
            error.Write(Erasure() + string.Join('\n', lines));
            error.Flush();
            _live = lines;
        }
    }

    /// <summary>Leaves the drawn lines where they are, or takes them away.</summary>
    public void EndDrawing(bool keep)
    {
        lock (_lock)
        {
            if (_live.Count == 0)
                return;
            error.Write(keep ? "\n" : Erasure());
            error.Flush();
            _live = [];
        }
    }

    /// <summary>Says something an operator wants to know; not with <c>--quiet</c>.</summary>
    public void Say(string text)
    {
        if (Verbosity > Verbosity.Quiet)
            WriteError(Wrapped(text, indent: 0));
    }

    /// <summary>Says lines that are safe and painted already; not with <c>--quiet</c>.</summary>
    public void SayPainted(string text)
    {
        if (Verbosity > Verbosity.Quiet)
            WriteError(Redact(text));
    }

    /// <summary>The size of the screen now.</summary>
    public Func<ScreenSize> LiveSize { get; init; } = () => new ScreenSize(Math.Min(streams.Width, 200), 24);

    /// <summary>Says what to do next; not with <c>--quiet</c>.</summary>
    public void Suggest(string next)
    {
        if (Verbosity > Verbosity.Quiet)
            WriteError(Labelled("next:  ", Ink.Cyan, next));
    }

    /// <summary>Says something only <c>--verbose</c> shows.</summary>
    public void Detail(string text)
    {
        if (Verbosity == Verbosity.Verbose)
            WriteError(Paint(Redact(SafeText.Lines(text)), Ink.Dim));
    }

    /// <summary>Warns; also with <c>--quiet</c>.</summary>
    public void Warn(string text) => WriteError(Labelled("warning: ", Ink.Yellow, text));

    /// <summary>Says what went wrong; also with <c>--quiet</c>. Lines after the first are indented, so that none passes for a message of its own.</summary>
    public void Complain(string what, string? next = null)
    {
        var text = Labelled("error: ", Ink.Red, what);
        if (!string.IsNullOrEmpty(next))
            text += "\n" + Labelled("next:  ", Ink.Cyan, next);
        WriteError(text);
    }

    /// <summary>Asks a yes-or-no question; anything but yes is no. Where nobody can answer, the answer is no.</summary>
    public bool Confirm(string question)
    {
        if (!Capabilities.Interactive)
            return false;

        lock (_lock)
        {
            output.Flush();
            error.Write(SafeText.Lines(question) + " [y/N] ");
            error.Flush();
        }

        return input.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    /// <summary>
    /// Asks for a line. A question that is withdrawn leaves nothing behind: what was typed at it does not answer the next one.
    /// Null where the input has ended.
    /// </summary>
    public async Task<string?> AskLineAsync(string question, CancellationToken ct)
    {
        if (_typing is { IsCompleted: true })
            _typing = null;
        lock (_lock)
        {
            output.Flush();
            error.Write(Erasure());
            _live = [];
            error.Write(Wrapped(question, indent: 0) + " ");
            error.Flush();
        }

        _typing ??= Task.Run(input.ReadLine, CancellationToken.None);
        try
        {
            var typed = await _typing.WaitAsync(ct);
            _typing = null;
            return typed;
        }
        catch (OperationCanceledException)
        {
            WriteError("");
            throw;
        }
    }

    /// <summary>Asks for a secret, which is not shown while it is typed; null where nothing was given.</summary>
    public async Task<string?> AskSecretAsync(string question, CancellationToken ct)
    {
        lock (_lock)
        {
            output.Flush();
            error.Write(SafeText.Line(question) + ": ");
            error.Flush();
        }

        try
        {
            return await Task.Run(readSecret ?? input.ReadLine, CancellationToken.None).WaitAsync(ct);
        }
        finally
        {
            lock (_lock)
            {
                error.Write('\n');
                error.Flush();
            }
        }
    }

    /// <summary>Text in colour where stderr takes colour.</summary>
    public string Paint(string text, Ink ink) => Capabilities.ErrorColor ? ink.Around(text) : text;

    /// <summary>Sends what is buffered.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            output.Flush();
            error.Flush();
        }
    }

    private string Labelled(string label, Ink ink, string text) => Paint(label, ink) + Wrapped(text, label.Length);

    /// <summary>Safe text without secrets, fit for a terminal; a log or a pipe gets its lines as they are.</summary>
    private string Wrapped(string text, int indent) =>
        WordWrap.Hanging(Redact(SafeText.Lines(text)), streams.ErrorIsTerminal ? Capabilities.Width : int.MaxValue, indent);

    private void WriteError(string text)
    {
        lock (_lock)
        {
            output.Flush();
            error.Write(Erasure() + text + "\n" + string.Join('\n', _live));
            error.Flush();
        }
    }

    /// <summary>Takes the drawn lines off the screen: to the first of them, and clear from there.</summary>
    private string Erasure() => _live.Count switch
    {
        0 => "",
        1 => "\r\u001b[J",
        var count => $"\r\u001b[{count - 1}A\u001b[J",
    };
}
