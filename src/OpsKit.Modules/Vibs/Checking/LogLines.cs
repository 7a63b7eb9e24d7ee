using System.Globalization;
using OpsKit.Connections.Ssh;

namespace OpsKit.Modules.Vibs;

/// <summary>Looks for a fault's lines in a host's log.</summary>
internal static class LogLines
{
    /// <summary>A log full of them says no more than so many.</summary>
    public const int Most = 1000;

    /// <exception cref="Connections.OpsKitException">The log's path or a text is none that can be looked for.</exception>
    public static ReadingCommand Question(KnownFault fault) => ReadingCommand.Program(
        "grep", ["-F", "-m", Most.ToString(CultureInfo.InvariantCulture), .. fault.Lines.SelectMany(line => new[] { "-e", line }), fault.Log]);

    /// <summary>The lines found; null where the log could not be read.</summary>
    public static IReadOnlyList<string>? Of(ReadingResult result) => result.ExitStatus switch
    {
        0 => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        1 => [],
        _ => null,
    };
}
