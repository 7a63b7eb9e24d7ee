using OpsKit.Connections.Platform;

namespace OpsKit.Engine.Guards;

/// <summary>Judges how a guard's program ended: exit code 0 healthy, 1 breached, anything else inconclusive.</summary>
internal static class CommandPolicy
{
    private const int LongestReason = 200;

    /// <summary>Judges a program that ended.</summary>
    public static Judgement Judge(ProcessResult result)
    {
        var (verdict, standing) = result.ExitCode switch
        {
            0 => (Verdict.Healthy, "it ended with 0"),
            1 => (Verdict.Breached, "it ended with 1"),
            var code => (Verdict.Inconclusive, $"it ended with {code}, which says nothing (0 is healthy, 1 a breach)"),
        };
        var said = FirstLine(result.Output) ?? FirstLine(result.Error);
        var reason = verdict == Verdict.Inconclusive && said is not null ? $"{standing}: {said}" : said ?? standing;
        return new(verdict, $"exit {result.ExitCode}", reason);
    }

    /// <summary>Judges one that could not be started or did not end in time.</summary>
    public static Judgement Judge(string failure) => new(Verdict.Inconclusive, "failed", failure);

    private static string? FirstLine(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var said = line.Trim();
            if (!said.IsEmpty)
                return said.Length <= LongestReason ? said.ToString() : $"{said[..LongestReason]}…";
        }

        return null;
    }
}
