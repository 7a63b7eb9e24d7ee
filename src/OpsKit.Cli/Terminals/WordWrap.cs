namespace OpsKit.Cli.Terminals;

/// <summary>Breaks prose at blanks.</summary>
internal static class WordWrap
{
    /// <summary>Lines of at most so many columns. A word that fits on no line stays where it is: the terminal breaks it either way.</summary>
    public static IReadOnlyList<string> Lines(string text, int width) => Lines(text.Split(' '), width, " ");

    /// <summary>The same for words given one by one, with something else than a blank between them.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<string> words, int width, string gap)
    {
        var lines = new List<string>();
        var used = 0;
        foreach (var word in words)
        {
            var length = TableCells.WidthOf(word);
            if (lines.Count > 0 && (used + gap.Length + length <= width || length > width))
            {
                lines[^1] += gap + word;
                used += gap.Length + length;
            }
            else
            {
                lines.Add(word);
                used = length;
            }
        }

        return lines;
    }

    /// <summary>Text of several lines, each broken, all but the very first indented. Commands to type stay whole, so that they can be copied.</summary>
    public static string Hanging(string text, int width, int indent) =>
        string.Join("\n" + new string(' ', indent), text.Split('\n').SelectMany(line => Lines(Units(line), Math.Max(16, width - indent), " ")));

    /// <summary>Words, but a command from <c>opskit</c> to the end of its clause as one.</summary>
    private static IEnumerable<string> Units(string text)
    {
        string? command = null;
        foreach (var word in text.Split(' '))
        {
            if (command is null && word != "opskit")
            {
                yield return word;
                continue;
            }

            command = command is null ? word : command + " " + word;
            if (!word.EndsWith(';') && !word.EndsWith(',') && !word.EndsWith('.'))
                continue;
            yield return command;
            command = null;
        }

        if (command is not null)
            yield return command;
    }
}
