namespace OpsKit.Lab.Enclosures.Oa;

/// <summary>The lines of what was sent at once; a heredoc (<c>HPONCFG 1 &lt;&lt; END</c>) and what follows up to its marker are one.</summary>
internal static class CommandLines
{
    public const int LongestHeredoc = 256 * 1024;

    public static IEnumerable<string> Split(string text)
    {
        string? pending = null;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            pending = pending is null ? line : pending + "\n" + line;
            if (pending.Length < LongestHeredoc && MarkerOf(pending) is { } marker && !IsComplete(pending, marker))
                continue;
            if (pending.Trim().Length > 0)
                yield return pending;
            pending = null;
        }

        if (pending is not null && pending.Trim().Length > 0)
            yield return pending;
    }

    /// <summary>The word that ends the heredoc a line begins; null where it begins none.</summary>
    public static string? MarkerOf(string line)
    {
        var first = line.Split('\n')[0];
        var at = first.IndexOf("<<", StringComparison.Ordinal);
        return at >= 0 && first[(at + 2)..].Trim() is { Length: > 0 } marker ? marker : null;
    }

    public static bool IsComplete(string lines, string marker) => lines.Contains('\n', StringComparison.Ordinal) && lines[(lines.LastIndexOf('\n') + 1)..].Trim() == marker;
}
