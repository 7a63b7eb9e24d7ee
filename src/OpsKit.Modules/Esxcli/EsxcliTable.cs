using OpsKit.Connections;

namespace OpsKit.Modules.Esxcli;

/// <summary>
/// Reads text tables: a header, a row of dashes whose runs are the columns, rows. They are cut by the dashes, never by blanks: <c>TIME WAIT</c> and
/// <c>VM Network</c> have blanks in them. A table that does not fit its dashes, or whose last line has no end, is refused.
/// </summary>
internal static class EsxcliTable
{
    /// <summary>The rows, each by the names in the header.</summary>
    /// <param name="text">The output.</param>
    /// <param name="columns">Columns that have to be there.</param>
    /// <exception cref="OpsKitException">It is no such table, or was cut off.</exception>
    public static IReadOnlyList<EsxcliRecord> Read(string text, params ReadOnlySpan<string> columns)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[^1].Length > 0)
            throw EsxcliFields.Unreadable("it is cut off within its last line");
        var ruler = Array.FindIndex(lines, IsRuler);
        if (ruler < 1)
            return lines.All(string.IsNullOrWhiteSpace) ? [] : throw EsxcliFields.Unreadable("it has no row of dashes under a header");
        var runs = Runs(lines[ruler]);
        var names = runs.ConvertAll(run => Cut(lines[ruler - 1], run));
        foreach (var column in columns)
        {
            if (!names.Contains(column, StringComparer.OrdinalIgnoreCase))
                throw EsxcliFields.Unreadable($"it has no column \"{column}\"");
        }

        return [.. lines.Skip(ruler + 1).Where(line => line.Trim().Length > 0).Select(line => Row(line, runs, names))];
    }

    private static EsxcliRecord Row(string line, List<(int Start, int End)> runs, List<string> names)
    {
        // A value wider than its column, or a row from somewhere else, stands in the gaps.
        for (var place = 1; place < runs.Count; place++)
        {
            for (var gap = runs[place - 1].End; gap < runs[place].Start && gap < line.Length; gap++)
            {
                if (line[gap] != ' ')
                    throw EsxcliFields.Unreadable($"a row does not fit the dashes under the header: \"{line.Trim()}\"");
            }
        }

        var record = new EsxcliRecord();
        for (var place = 0; place < runs.Count; place++)
            record.Add(names[place], EsxcliValue.Of(Cut(line, place == runs.Count - 1 ? (runs[place].Start, line.Length) : runs[place])));
        return record;
    }

    private static bool IsRuler(string line) => line.Trim() is { Length: > 1 } text && text.All(letter => letter is '-' or ' ') && text.Contains("--", StringComparison.Ordinal);

    private static List<(int Start, int End)> Runs(string ruler)
    {
        var runs = new List<(int, int)>();
        for (var at = 0; at < ruler.Length; at++)
        {
            if (ruler[at] != '-')
                continue;
            var start = at;
            while (at < ruler.Length && ruler[at] == '-')
                at++;
            runs.Add((start, at));
        }

        return runs;
    }

    private static string Cut(string line, (int Start, int End) run) => line.Length <= run.Start ? "" : line[run.Start..Math.Min(run.End, line.Length)].Trim();
}
