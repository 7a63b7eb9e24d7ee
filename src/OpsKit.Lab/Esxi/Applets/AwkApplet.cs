using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>The little of awk that scripts use to take columns: <c>[/pattern/ | NR==n] { print $1, $NF "text" }</c>.</summary>
internal static partial class AwkApplet
{
    public static Task<int> RunAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "F:v:", stopAtOperand: true);
        if (options.Operands.Count == 0)
            throw new AppletUsageException("usage: awk [-F SEP] PROGRAM [FILE]...");
        var rule = Rule().Match(options.Operands[0]);
        if (!rule.Success)
            throw new AppletUsageException($"cmd. line:1: Syntax error: only \"/pattern/ {{ print … }}\" is known here");
        var pattern = rule.Groups["pattern"] is { Success: true } text ? PosixRegex.Create(text.Value, extended: true) : null;
        var number = rule.Groups["number"] is { Success: true } digits ? long.Parse(digits.Value, CultureInfo.InvariantCulture) : (long?)null;
        var items = Items(rule.Groups["items"].Value);
        var separator = options.Value('F') is { } given ? Escapes.Expand(given, zeroFirst: false).Text : " ";
        var line = 0L;
        return AppletFiles.EachAsync(call, [.. options.Operands.Skip(1)], async (_, stream) =>
        {
            var reader = new LineReader(stream);
            while (await reader.ReadAsync().ConfigureAwait(false) is { } record)
            {
                line++;
                if ((pattern is not null && !pattern.IsMatch(record)) || (number is not null && !Compares(rule.Groups["sign"].Value, line, number.Value)))
                    continue;
                await call.Out.WriteAsync(Print(items, record, Split(record, separator), line) + "\n").ConfigureAwait(false);
            }
        });
    }

    [GeneratedRegex("""^\s*(?:/(?<pattern>(?:[^/\\]|\\.)*)/|NR\s*(?<sign>==|>=|<=|>|<|!=)\s*(?<number>\d{1,18}))?\s*(?:\{\s*print\b(?<items>(?:[^}"]|"(?:[^"\\]|\\.)*")*?);?\s*\})?\s*$""", RegexOptions.NonBacktracking)]
    private static partial Regex Rule();

    [GeneratedRegex("""\G\s*(?:(?<comma>,)|"(?<text>(?:[^"\\]|\\.)*)"|\$(?<field>\d{1,6}|NF)|(?<name>NR|NF))""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Item();

    private static List<(string Kind, string Value)> Items(string text)
    {
        var items = new List<(string, string)>();
        var at = 0;
        text = text.TrimEnd();
        while (at < text.Length)
        {
            var match = Item().Match(text, at);
            if (!match.Success)
                throw new AppletUsageException($"cmd. line:1: Syntax error near \"{text[at..]}\"");
            at += match.Length;
            foreach (var kind in (string[])["comma", "text", "field", "name"])
            {
                if (match.Groups[kind].Success)
                    items.Add((kind, kind == "text" ? Escapes.Expand(match.Groups[kind].Value.Replace("\\\"", "\"", StringComparison.Ordinal), zeroFirst: false).Text : match.Groups[kind].Value));
            }
        }

        return items;
    }

    private static string Print(List<(string Kind, string Value)> items, string record, string[] fields, long line)
    {
        if (items.Count == 0)
            return record;
        var result = new StringBuilder();
        foreach (var (kind, value) in items)
        {
            result.Append(kind switch
            {
                "comma" => " ",
                "text" => value,
                "name" => (value == "NR" ? line : fields.Length).ToString(CultureInfo.InvariantCulture),
                _ => Field(value == "NF" ? fields.Length : int.Parse(value, CultureInfo.InvariantCulture)),
            });
        }

        return result.ToString();

        string Field(int index) => index == 0 ? record : index <= fields.Length ? fields[index - 1] : "";
    }

    private static string[] Split(string record, string separator)
    {
        if (separator == " ")
            return record.Split((char[]?)[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (record.Length == 0)
            return [];
        return separator.Length == 1 ? record.Split(separator[0]) : PosixRegex.Create(separator, extended: true).Split(record);
    }

    private static bool Compares(string sign, long line, long number) => sign switch
    {
        "==" => line == number,
        "!=" => line != number,
        ">" => line > number,
        ">=" => line >= number,
        "<" => line < number,
        _ => line <= number,
    };
}
