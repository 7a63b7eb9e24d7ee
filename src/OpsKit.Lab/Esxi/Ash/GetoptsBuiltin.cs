using System.Globalization;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary><c>getopts</c>: one option after the other.</summary>
internal static class GetoptsBuiltin
{
    public static async Task<int> RunAsync(AshShell shell, IReadOnlyList<string> words)
    {
        if (words.Count < 3)
            throw new ShellFailureException("getopts: usage: getopts optstring var [arg]");
        var (known, name) = (words[1], words[2]);
        var arguments = words.Count > 3 ? [.. words.Skip(3)] : shell.Arguments;
        var silent = known.StartsWith(':');
        var index = (int)(ShellNumber.Decimal(shell.Variables["OPTIND"] ?? "1") ?? 1);
        if (index == 1 && shell.OptionOffset > 0 && shell.OptionIndex != 1)
            shell.OptionOffset = 0;
        var word = index >= 1 && index <= arguments.Count ? arguments[index - 1] : null;
        if (shell.OptionOffset == 0)
        {
            if (word is not ['-', _, ..] || word == "--")
                return End(shell, name, word == "--" ? index + 1 : index);
            shell.OptionOffset = 1;
        }

        var letter = word![shell.OptionOffset++];
        var next = index;
        if (shell.OptionOffset >= word.Length)
        {
            shell.OptionOffset = 0;
            next++;
        }

        shell.Variables.Set("OPTARG", "");
        var place = letter == ':' ? -1 : known.IndexOf(letter, StringComparison.Ordinal);
        var result = letter.ToString();
        if (place < 0)
        {
            result = "?";
            await ReportAsync(shell, silent, $"Illegal option -{letter}", letter).ConfigureAwait(false);
        }
        else if (place + 1 < known.Length && known[place + 1] == ':')
        {
            if (shell.OptionOffset > 0)
            {
                shell.Variables.Set("OPTARG", word[shell.OptionOffset..]);
                next++;
            }
            else if (next <= arguments.Count)
            {
                shell.Variables.Set("OPTARG", arguments[next - 1]);
                next++;
            }
            else
            {
                result = silent ? ":" : "?";
                await ReportAsync(shell, silent, $"No arg for -{letter} option", letter).ConfigureAwait(false);
            }

            shell.OptionOffset = 0;
        }

        shell.Variables.Set("OPTIND", next.ToString(CultureInfo.InvariantCulture));
        shell.OptionIndex = next;
        shell.Variables.Set(name, result);
        return 0;
    }

    private static int End(AshShell shell, string name, int index)
    {
        shell.Variables.Set("OPTIND", index.ToString(CultureInfo.InvariantCulture));
        shell.Variables.Set(name, "?");
        return 1;
    }

    private static async Task ReportAsync(AshShell shell, bool silent, string message, char letter)
    {
        if (silent)
            shell.Variables.Set("OPTARG", letter.ToString());
        else if (shell.Descriptors[2] is { CanWrite: true } error)
            await error.WriteAsync(ByteText.Bytes(message + "\n"), shell.Process.Token).ConfigureAwait(false);
    }
}
