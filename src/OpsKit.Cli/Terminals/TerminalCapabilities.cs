using OpsKit.Connections.Platform;

namespace OpsKit.Cli.Terminals;

/// <summary>When to use colour.</summary>
internal enum ColorChoice
{
    Auto,
    Always,
    Never,
}

/// <summary>What is known about the streams before the command line is read.</summary>
/// <param name="OutputIsTerminal">Whether stdout is a terminal.</param>
/// <param name="ErrorIsTerminal">Whether stderr is a terminal.</param>
/// <param name="InputIsTerminal">Whether stdin is a terminal.</param>
/// <param name="Width">Columns of the terminal; unlimited when stdout is none.</param>
internal sealed record TerminalStreams(bool OutputIsTerminal, bool ErrorIsTerminal, bool InputIsTerminal, int Width);

/// <summary>What may be drawn where, decided once.</summary>
/// <param name="Boxes">stdout takes rules and wrapping to <paramref name="Width"/>; otherwise plain aligned columns are written.</param>
/// <param name="OutputColor">stdout takes colour.</param>
/// <param name="ErrorColor">stderr takes colour.</param>
/// <param name="Interactive">A question can be asked: stdin and stderr are a terminal.</param>
/// <param name="Width">Columns to draw in.</param>
internal sealed record TerminalCapabilities(bool Boxes, bool OutputColor, bool ErrorColor, bool Interactive, int Width)
{
    /// <summary>
    /// <c>--color</c> decides first, then NO_COLOR, then CLICOLOR_FORCE, then whether the stream is a terminal that is not <c>dumb</c>.
    /// </summary>
    public static TerminalCapabilities Decide(TerminalStreams streams, ColorChoice choice, JumpHost jumpHost)
    {
        var dumb = jumpHost.Variable("TERM") == "dumb";
        bool Color(bool isTerminal) => choice switch
        {
            ColorChoice.Always => true,
            ColorChoice.Never => false,
            _ when jumpHost.Variable("NO_COLOR") is not null => false,
            _ when jumpHost.Variable("CLICOLOR_FORCE") is { } force && force != "0" => true,
            _ => isTerminal && !dumb,
        };

        return new TerminalCapabilities(
            Boxes: streams.OutputIsTerminal && !dumb,
            OutputColor: Color(streams.OutputIsTerminal),
            ErrorColor: Color(streams.ErrorIsTerminal),
            Interactive: streams.InputIsTerminal && streams.ErrorIsTerminal,
            Width: Math.Clamp(streams.Width, 40, 10_000));
    }
}
