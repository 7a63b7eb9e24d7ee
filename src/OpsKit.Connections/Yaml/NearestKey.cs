namespace OpsKit.Connections.Yaml;

/// <summary>Finds what a mistyped word was meant to be.</summary>
public static class NearestKey
{
    private const int LongestWord = 200;

    /// <summary>The known word nearest to the one given, by edits; null when none is near.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        if (word.Length > LongestWord)
            return null;
        var limit = word.Length < 4 ? 1 : word.Length / 3 + 1;
        return known
            .Where(candidate => candidate.Length <= LongestWord)
            .Select(candidate => (Word: candidate, Distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
    }

    /// <summary><c> (did you mean "…"?)</c>, or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> known) => Find(word, known) is { } nearest ? $" (did you mean \"{nearest}\"?)" : "";

    /// <summary>Letters put in, left out or mistaken, and neighbours swapped.</summary>
    private static int Distance(string a, string b)
    {
        var beforePrevious = new int[b.Length + 1];
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[b.Length];
    }
}
