using System.Text.RegularExpressions;

namespace OpsKit.Connections.Ssh;

/// <summary>Finds the awaited text at the end of what a shell received.</summary>
internal static class ShellMatch
{
    /// <summary>The step, or null where the last line is none of the awaited ones yet.</summary>
    /// <param name="plain">Everything received, as plain text.</param>
    /// <param name="awaited">Matched against the last line; the match must reach its end, but for blanks.</param>
    /// <param name="sent">The line whose echo is cut off; null where none was sent.</param>
    internal static SshShellStep? Find(string plain, IReadOnlyList<Regex> awaited, string? sent)
    {
        var start = plain.LastIndexOf('\n') + 1;
        var last = plain[start..];
        if (sent is { Length: > 0 } && start == 0 && last.TrimEnd().EndsWith(sent, StringComparison.Ordinal))
            return null;

        for (var which = 0; which < awaited.Count; which++)
        {
            foreach (Match match in awaited[which].Matches(last))
            {
                if (match.Length > 0 && last.AsSpan(match.Index + match.Length).IsWhiteSpace())
                    return new SshShellStep(WithoutEcho(plain[..(start + match.Index)], sent), match.Value, which);
            }
        }

        return null;
    }

    /// <summary>The text behind the echo of what was sent. A device may repeat its prompt before the echo.</summary>
    private static string WithoutEcho(string text, string? sent)
    {
        if (sent is not { Length: > 0 })
            return text;
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        return first.TrimEnd().EndsWith(sent, StringComparison.Ordinal) ? end < 0 ? "" : text[(end + 1)..] : text;
    }
}
