using System.Text;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary><c>read</c>: a line into variables.</summary>
internal static class ReadBuiltin
{
    private const int MostLine = 1024 * 1024;

    public static async Task<int> RunAsync(AshShell shell, IReadOnlyList<string> words)
    {
        var raw = false;
        var most = MostLine;
        var at = 1;
        for (; at < words.Count && words[at] is ['-', _, ..]; at++)
        {
            foreach (var letter in words[at].Skip(1))
            {
                if (letter == 'r')
                    raw = true;
                else if (letter == 'n' && at + 1 < words.Count && ShellNumber.Decimal(words[++at]) is { } count)
                    most = (int)Math.Clamp(count, 1, MostLine);
                else if (letter is 'p' or 't' or 'u' && at + 1 < words.Count)
                    at++;
                else if (letter is not 's')
                    throw new ShellFailureException($"read: illegal option -{letter}");
            }
        }

        var (line, ended) = await ReadLineAsync(shell, raw, most).ConfigureAwait(false);
        Assign(shell, [.. words.Skip(at)], line);
        return ended ? 1 : 0;
    }

    /// <summary>Characters, each with whether a backslash protects it.</summary>
    private static async Task<(List<(char Letter, bool Plain)> Line, bool Ended)> ReadLineAsync(AshShell shell, bool raw, int most)
    {
        var line = new List<(char, bool)>();
        if (shell.Descriptors[0] is not { CanRead: true } input)
            return (line, true);
        var one = new byte[1];
        var escaped = false;
        while (line.Count < most)
        {
            if (await input.ReadAsync(one, shell.Process.Token).ConfigureAwait(false) == 0)
                return (line, true);
            var letter = (char)one[0];
            if (escaped)
            {
                escaped = false;
                if (letter != '\n')
                    line.Add((letter, true));
            }
            else if (letter == '\n')
            {
                break;
            }
            else if (letter == '\\' && !raw)
            {
                escaped = true;
            }
            else if (letter != '\0')
            {
                line.Add((letter, false));
            }
        }

        return (line, false);
    }

    private static void Assign(AshShell shell, List<string> names, List<(char Letter, bool Plain)> line)
    {
        if (names.Count == 0)
        {
            shell.Variables.Set("REPLY", string.Concat(line.Select(one => one.Letter)));
            return;
        }

        var separators = shell.Expander.Separators;
        bool IsSeparator((char Letter, bool Plain) one) => !one.Plain && separators.Contains(one.Letter, StringComparison.Ordinal);
        bool IsBlank((char Letter, bool Plain) one) => IsSeparator(one) && one.Letter is ' ' or '\t' or '\n';
        var at = 0;
        for (var i = 0; i < names.Count; i++)
        {
            while (at < line.Count && IsBlank(line[at]))
                at++;
            var value = new StringBuilder();
            if (i == names.Count - 1)
            {
                var end = line.Count;
                while (end > at && IsBlank(line[end - 1]))
                    end--;
                var first = line.FindIndex(at, end - at, one => IsSeparator(one) && !IsBlank(one));
                // One separator behind the last field belongs to it only where more follows.
                if (first == end - 1 && first >= at)
                    end--;
                for (; at < end; at++)
                    value.Append(line[at].Letter);
            }
            else
            {
                for (; at < line.Count && !IsSeparator(line[at]); at++)
                    value.Append(line[at].Letter);
                while (at < line.Count && IsBlank(line[at]))
                    at++;
                if (at < line.Count && IsSeparator(line[at]))
                    at++;
            }

            shell.Variables.Set(names[i], value.ToString());
        }
    }
}
