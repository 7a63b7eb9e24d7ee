using System.Text.RegularExpressions;

namespace OpsKit.Modules.Esxcli;

/// <summary>
/// Reads what <c>esxcli</c> prints for people. Tables are cut where their dashes say, since values have blanks in them; other answers are lines of
/// <c>   Name: value</c>, nested ones further in, and long lists go on in lines that begin at the margin.
/// </summary>
internal static partial class EsxcliText
{
    public static EsxcliAnswer Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToList();
        var dashes = lines.FindIndex(line => Dashes().IsMatch(line));
        if (dashes > 0)
            return new EsxcliAnswer(Table(lines, dashes), null);
        var full = lines.Where(line => line.Length > 0).ToList();
        return full.Exists(line => Field().IsMatch(line))
            ? new EsxcliAnswer(Records(lines), null)
            : new EsxcliAnswer([], full.Count > 0 ? string.Join('\n', full.Select(line => line.Trim())) : null);
    }

    private static List<EsxcliRecord> Table(List<string> lines, int dashes)
    {
        var starts = Run().Matches(lines[dashes]).Select(run => run.Index).ToList();
        var names = Cells(lines[dashes - 1], starts);
        var records = new List<EsxcliRecord>();
        foreach (var line in lines.Skip(dashes + 1).Where(line => line.Length > 0))
        {
            var record = new EsxcliRecord();
            foreach (var (name, value) in names.Zip(Cells(line, starts)))
                record.Add(name, EsxcliValue.Of(value));
            records.Add(record);
        }

        return records;
    }

    private static List<string> Cells(string line, List<int> starts) => [.. starts.Select((start, place) =>
    {
        var end = place + 1 < starts.Count ? Math.Min(starts[place + 1], line.Length) : line.Length;
        return start < end ? line[start..end].Trim() : "";
    })];

    /// <summary>A title, or a field's name that comes again, begins the next thing; a blank line alone does not, for descriptions have some.</summary>
    private static List<EsxcliRecord> Records(List<string> lines)
    {
        var records = new List<EsxcliRecord>();
        EsxcliRecord? current = null;
        (string Name, string Value, int Indent) last = ("", "", 0);
        var afterBlank = true;
        foreach (var line in lines)
        {
            if (line.Length == 0)
            {
                afterBlank = true;
                continue;
            }

            var indent = line.Length - line.AsSpan().TrimStart().Length;
            if (indent == 0 && (afterBlank || current is null || current.Count == 0))
            {
                current = new EsxcliRecord { Title = line };
                records.Add(current);
                last = ("", "", 0);
            }
            else if (Field().Match(line) is { Success: true } field && (last.Name.Length == 0 || indent <= last.Indent))
            {
                last = (field.Groups["name"].Value, field.Groups["value"].Value, indent);
                if (current is null || !current.Add(last.Name, EsxcliValue.Of(last.Value)))
                {
                    current = new EsxcliRecord();
                    current.Add(last.Name, EsxcliValue.Of(last.Value));
                    records.Add(current);
                }
            }
            else if (current is not null && last.Name.Length > 0)
            {
                last = GoOn(current, last, line, indent, afterBlank);
            }

            afterBlank = false;
        }

        records.RemoveAll(record => record.Count == 0);
        return records;
    }

    /// <summary>A line that belongs to the field before it: a nested field, or the rest of a value that a terminal broke.</summary>
    private static (string Name, string Value, int Indent) GoOn(EsxcliRecord record, (string Name, string Value, int Indent) last, string line, int indent, bool afterBlank)
    {
        if (indent > last.Indent && last.Value.Length == 0 && Field().Match(line) is { Success: true } nested)
        {
            var records = record.Records(last.Name).ToList();
            if (records.Count == 0 || afterBlank || !records[^1].Add(nested.Groups["name"].Value, EsxcliValue.Of(nested.Groups["value"].Value)))
            {
                records.Add(new EsxcliRecord());
                records[^1].Add(nested.Groups["name"].Value, EsxcliValue.Of(nested.Groups["value"].Value));
            }

            record.Set(last.Name, EsxcliValue.Of(records));
            return last;
        }

        // A list breaks behind a comma and, where a terminal broke it, anywhere.
        var joined = last.Value + (last.Value.EndsWith(',') ? " " : "") + line.Trim();
        record.Set(last.Name, EsxcliValue.Of(joined));
        return last with { Value = joined };
    }

    [GeneratedRegex(@"^-+( +-+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dashes();

    [GeneratedRegex("-+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Run();

    [GeneratedRegex(@"^ {3,}(?<name>[^\s:][^:]*):( (?<value>.*))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Field();
}
