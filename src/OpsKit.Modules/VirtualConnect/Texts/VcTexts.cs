using System.Text.RegularExpressions;
using OpsKit.Connections;

namespace OpsKit.Modules.VirtualConnect.Texts;

/// <summary>Reads what Virtual Connect Manager's command line shows: lines of <c>Key : value</c>, and tables with rulers above and below their header.</summary>
internal static partial class VcTexts
{
    private static readonly string[] ElsewhereWords = ["Virtual Connect Manager not found at this IP address", "Unable to communicate with the Virtual Connect Manager"];

    /// <summary>Refuses answers that say that something went wrong.</summary>
    /// <exception cref="OpsKitException">The manager runs elsewhere, or it says <c>ERROR</c>.</exception>
    public static string Checked(string answer, string command)
    {
        if (ElsewhereWords.FirstOrDefault(words => answer.Contains(words, StringComparison.OrdinalIgnoreCase)) is { } elsewhere)
            throw new OpsKitException(FailureKind.Failed, $"Virtual Connect Manager does not run there: \"{elsewhere}\"", next: "it is managed elsewhere, or the manager is just moving to another module");
        return Error.Match(answer) is { Success: true } error
            ? throw new OpsKitException(FailureKind.Failed, $"\"{command}\" was refused: {DeviceText.Shortened(error.Value)}")
            : answer;
    }

    /// <summary>The values by key; the first of each.</summary>
    public static IReadOnlyDictionary<string, string> Facts(string answer)
    {
        var facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in DeviceText.Lines(answer))
        {
            if (Fact.Match(line) is { Success: true } fact)
                facts.TryAdd(fact.Groups["key"].Value.Trim(), fact.Groups["value"].Value.Trim());
        }

        return facts;
    }

    /// <summary>The rows of the first table that has the columns wanted, each as values by column; a column's name may be broken over lines.</summary>
    /// <exception cref="OpsKitException">There is no such table, or its columns cannot be told apart.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Table(string answer, string command, params string[] wanted)
    {
        var lines = answer.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToArray();
        for (var above = 0; above < lines.Length; above++)
        {
            if (!Ruler.IsMatch(lines[above]) || Array.FindIndex(lines, above + 1, line => Ruler.IsMatch(line)) is not (> 0 and var below) || below == above + 1)
                continue;
            var end = Array.FindIndex(lines, below + 1, line => line.Length == 0 || Ruler.IsMatch(line));
            var (header, rows) = (lines[(above + 1)..below], lines[(below + 1)..(end < 0 ? lines.Length : end)]);
            var columns = Columns([.. header, .. rows]);
            var names = columns.ConvertAll(column => string.Join(' ', header.Select(line => Cell(line, column)).Where(text => text.Length > 0)));
            if (wanted.All(name => names.Contains(name, StringComparer.OrdinalIgnoreCase)) && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count)
                return [.. rows.Select(row => (IReadOnlyDictionary<string, string>)names.Zip(columns).ToDictionary(pair => pair.First, pair => Cell(row, pair.Second), StringComparer.OrdinalIgnoreCase))];
            above = below;
        }

        throw DeviceText.Unreadable(command, $"there is no table with the columns {string.Join(", ", wanted)}: \"{DeviceText.Shortened(answer)}\"");
    }

    /// <summary>Columns are parted by two places and more that are blank in the header and in all rows.</summary>
    private static List<(int From, int To)> Columns(string[] lines)
    {
        var width = lines.Max(line => line.Length);
        var columns = new List<(int, int)>();
        var from = -1;
        for (var place = 0; place <= width + 1; place++)
        {
            var blank = lines.All(line => place >= line.Length || line[place] == ' ');
            if (!blank && from < 0)
                from = place;
            else if (blank && from >= 0 && lines.All(line => place + 1 >= line.Length || line[place + 1] == ' '))
            {
                columns.Add((from, place));
                from = -1;
            }
        }

        return columns;
    }

    private static string Cell(string line, (int From, int To) column) => column.From >= line.Length ? "" : line[column.From..Math.Min(line.Length, column.To)].Trim();

    [GeneratedRegex(@"^={5,}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ruler { get; }

    [GeneratedRegex(@"^\s*(?<key>[^:]{1,60}?)\s*:\s(?<value>.*)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fact { get; }

    [GeneratedRegex(@"^\s*ERROR\b.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Error { get; }
}
