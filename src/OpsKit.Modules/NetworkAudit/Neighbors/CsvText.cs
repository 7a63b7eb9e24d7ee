using System.Text;
using OpsKit.Connections;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>A record of a CSV file.</summary>
/// <param name="Number">The line it begins on, from 1.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record CsvLine(int Number, List<string> Fields)
{
    /// <summary>A field; empty where the record is shorter.</summary>
    public string Field(int place) => place < Fields.Count ? Fields[place] : "";
}

/// <summary>Reads CSV as OpsKit writes it: commas, quotes doubled within quotes, an apostrophe in front of what a spreadsheet would run.</summary>
internal static class CsvText
{
    /// <exception cref="OpsKitException">A quote has no end (usage).</exception>
    public static List<CsvLine> Read(string text, string source)
    {
        var records = new List<CsvLine>();
        var (fields, field, line, begun) = (new List<string>(), new StringBuilder(), 1, 1);
        var quoted = false;
        for (var at = text.StartsWith('\ufeff') ? 1 : 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '\n')
                line++;
            if (quoted)
            {
                if (letter != '"')
                    field.Append(letter);
                else if (at + 1 < text.Length && text[at + 1] == '"')
                    field.Append(text[++at]);
                else
                    quoted = false;
            }
            else if (letter == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (letter == ',')
            {
                Take();
            }
            else if (letter == '\n')
            {
                End();
            }
            else if (letter != '\r' || at + 1 == text.Length || text[at + 1] != '\n')
            {
                field.Append(letter);
            }
        }

        if (quoted)
            throw new OpsKitException(FailureKind.Usage, $"line {begun}: a quote has no end", source);
        if (field.Length > 0 || fields.Count > 0)
            End();
        return records;

        void Take()
        {
            var value = field.ToString();
            fields.Add(value.Length > 1 && value[0] == '\'' && value[1] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? value[1..] : value);
            field.Clear();
        }

        void End()
        {
            Take();
            if (fields is not [""])
                records.Add(new CsvLine(begun, fields));
            (fields, begun) = ([], line);
        }
    }
}
