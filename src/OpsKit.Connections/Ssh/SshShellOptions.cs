using System.Text.RegularExpressions;

namespace OpsKit.Connections.Ssh;

/// <summary>How an interactive shell is spoken to.</summary>
public sealed record SshShellOptions
{
    /// <summary>
    /// The prompt, matched against the last line received without colours and control characters. Anchor its end with <c>\z</c> where output
    /// could look like it.
    /// </summary>
    public required Regex Prompt { get; init; }

    /// <summary>How long a prompt or an awaited text may take. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the device must be silent behind a prompt before it counts as one: output may hold what looks like it. Default 200 ms.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What ends a line that is sent. Default CR, as a terminal's Return key.</summary>
    public string NewLine { get; init; } = "\r";

    /// <summary>Terminal width in columns; wide, so that devices do not break lines. Range 20–65535, default 511.</summary>
    public int Columns { get; init; } = 511;

    /// <summary>Terminal height in lines; 0 or high, so that devices do not stop for "more". Default 1000.</summary>
    public int Rows { get; init; } = 1000;

    /// <summary>How many characters may be received between two matches. More is a device that has gone astray. Default 4 Mi.</summary>
    public int OutputLimit { get; init; } = 4 * 1024 * 1024;
}

/// <summary>What a shell step received.</summary>
/// <param name="Output">The text before the match, without the echo of what was sent, colours, control characters and carriage returns.</param>
/// <param name="Matched">The text that matched.</param>
/// <param name="Which">Which of the awaited expressions matched, from 0.</param>
public sealed record SshShellStep(string Output, string Matched, int Which);
