using System.Globalization;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>sort [-nrufb] [-t char] [-k from[,to]]</c>.</summary>
internal static class SortApplet
{
    private sealed record Key(int From, int To, bool Numeric, bool Reverse, bool Fold);

    public static async Task<int> RunAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "nrufbsht:k:o:");
        var (lines, status) = await AppletFiles.LinesAsync(call, options.Operands).ConfigureAwait(false);
        var numeric = options.Has('n') || options.Has('h');
        var keys = options.Values('k').Select(value => Parse(value, numeric, options.Has('r'), options.Has('f'))).ToList();
        if (keys.Count == 0)
            keys.Add(new Key(0, int.MaxValue, numeric, options.Has('r'), options.Has('f')));
        var separator = options.Value('t') is { Length: > 0 } text ? text[0] : (char?)null;
        int ByKeys(string a, string b) => keys.Select(key => Compare(Field(a, key, separator), Field(b, key, separator), key)).FirstOrDefault(order => order != 0);
        int Whole(string a, string b) => ByKeys(a, b) is var order && order != 0 || options.Has('s') || options.Has('u') ? order : options.Has('r') ? string.CompareOrdinal(b, a) : string.CompareOrdinal(a, b);
        var sorted = lines.Order(Comparer<string>.Create(Whole)).ToList();
        string? last = null;
        foreach (var line in sorted)
        {
            if (options.Has('u') && last is not null && ByKeys(last, line) == 0)
                continue;
            last = line;
            await call.Out.WriteAsync(line + "\n").ConfigureAwait(false);
        }

        return status;
    }

    private static Key Parse(string text, bool numeric, bool reverse, bool fold)
    {
        var parts = text.Split(',');
        var letters = string.Concat(parts.Select(part => string.Concat(part.Where(char.IsAsciiLetter))));
        return new Key(Number(parts[0]) - 1, parts.Length > 1 ? Number(parts[1]) - 1 : int.MaxValue,
            numeric || letters.Contains('n', StringComparison.Ordinal), reverse ^ letters.Contains('r', StringComparison.Ordinal), fold || letters.Contains('f', StringComparison.Ordinal));
    }

    private static int Number(string text)
    {
        var digits = string.Concat(text.TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw new AppletUsageException("bad field specification");
    }

    private static string Field(string line, Key key, char? separator)
    {
        if (key is { From: 0, To: int.MaxValue })
            return line;
        var fields = separator is { } one ? line.Split(one) : line.Split((char[]?)[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return key.From >= fields.Length ? "" : string.Join(separator ?? ' ', fields[key.From..(int)Math.Min(fields.Length, key.To + 1L)]);
    }

    private static int Compare(string a, string b, Key key)
    {
        var order = key.Numeric ? Numeric(a).CompareTo(Numeric(b))
            : key.Fold ? string.CompareOrdinal(a.ToUpperInvariant(), b.ToUpperInvariant())
            : string.CompareOrdinal(a, b);
        return key.Reverse ? -Math.Sign(order) : Math.Sign(order);
    }

    private static double Numeric(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        var length = 0;
        while (length < trimmed.Length && (char.IsAsciiDigit(trimmed[length]) || trimmed[length] == '.' || (length == 0 && trimmed[length] == '-')))
            length++;
        return double.TryParse(trimmed[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
