using System.Text;

namespace OpsKit.Cli.Commands.Completion;

/// <summary>Splits an unfinished command line as a shell would: quotes and backslashes, no expansion.</summary>
internal static class ShellWords
{
    /// <summary>The words; the last is the one being typed, empty after a blank. Never an empty list.</summary>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var started = false;
        char? quote = null;
        for (var index = 0; index < line.Length; index++)
        {
            var c = line[index];
            if (quote is not null && c == quote)
                quote = null;
            else if (quote is null && c is '\'' or '"')
                (quote, started) = (c, true);
            else if (c == '\\' && quote != '\'' && index + 1 < line.Length)
                (_, started) = (word.Append(line[++index]), true);
            else if (quote is null && char.IsWhiteSpace(c))
                started = Finish(words, word, started);
            else
                (_, started) = (word.Append(c), true);
        }

        words.Add(word.ToString());
        return words;
    }

    private static bool Finish(List<string> words, StringBuilder word, bool started)
    {
        if (started)
            words.Add(word.ToString());
        word.Clear();
        return false;
    }
}
