using System.Text;
using System.Text.RegularExpressions;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>POSIX regular expressions by this machine's, without those that take for ever.</summary>
internal static class PosixRegex
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <exception cref="AppletUsageException">It is none.</exception>
    public static Regex Create(string pattern, bool extended, bool ignoreCase = false, bool wholeLine = false, bool wholeWord = false)
    {
        var translated = Translate(pattern, extended);
        if (wholeWord)
            translated = $@"(?<![A-Za-z0-9_])(?:{translated})(?![A-Za-z0-9_])";
        if (wholeLine)
            translated = $@"^(?:{translated})\z";
        var options = RegexOptions.CultureInvariant | RegexOptions.Singleline | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new Regex(translated, options | RegexOptions.NonBacktracking, Limit);
        }
        catch (NotSupportedException)
        {
            // Back-references and the like.
            return new Regex(translated, options, Limit);
        }
        catch (ArgumentException)
        {
            throw new AppletUsageException($"bad regex '{pattern}'", 2);
        }
    }

    private static string Translate(string pattern, bool extended)
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            switch (c)
            {
                case '\\' when i + 1 < pattern.Length:
                    result.Append(Escaped(pattern[++i], extended));
                    break;
                case '[':
                    i = Bracket(pattern, i, result);
                    break;
                case '(' or ')' or '{' or '}' or '|' or '+' or '?':
                    result.Append(extended ? c.ToString() : "\\" + c);
                    break;
                case '*' when result.Length == 0 || (!extended && (result is [.., '('] || result is [.., '^'] && i == 1)):
                    result.Append("\\*");
                    break;
                case '^' when !extended && i > 0 && pattern[i - 1] is not ('(' or '|'):
                    result.Append("\\^");
                    break;
                case '$' when !extended && i + 1 < pattern.Length && !(pattern[i + 1] == '\\' && i + 2 < pattern.Length && pattern[i + 2] is ')' or '|'):
                    result.Append("\\$");
                    break;
                case '$':
                    result.Append("\\z");
                    break;
                case '\\' or '#' or ' ' or '\n':
                    result.Append(c == '\n' ? "\\n" : "\\" + c);
                    break;
                default:
                    result.Append(c);
                    break;
            }
        }

        return result.ToString();
    }

    private static string Escaped(char c, bool extended) => c switch
    {
        '(' or ')' or '{' or '}' or '|' or '+' or '?' => extended ? "\\" + c : c.ToString(),
        >= '1' and <= '9' => "\\" + c,
        'w' or 'W' or 's' or 'S' or 'b' or 'B' => "\\" + c,
        '<' => @"\b(?=\w)",
        '>' => @"(?<=\w)\b",
        'n' => "\\n",
        't' => "\\t",
        _ when char.IsAsciiLetterOrDigit(c) => c.ToString(),
        _ => "\\" + c,
    };

    private static int Bracket(string pattern, int start, StringBuilder result)
    {
        var set = new StringBuilder("[");
        var i = start + 1;
        if (i < pattern.Length && pattern[i] == '^')
        {
            set.Append('^');
            i++;
        }

        for (var first = true; i < pattern.Length; i++, first = false)
        {
            var c = pattern[i];
            if (c == ']' && !first)
            {
                result.Append(set).Append(']');
                return i;
            }

            if (c == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':' && pattern.IndexOf(":]", i + 2, StringComparison.Ordinal) is var close and > 0)
            {
                foreach (var member in CharacterClass.Members(pattern[(i + 2)..close]) ?? throw new AppletUsageException($"bad regex '{pattern}'", 2))
                    Append(set, member);
                i = close + 1;
            }
            else if (c == '-' && !first && i + 1 < pattern.Length && pattern[i + 1] != ']')
            {
                set.Append('-');
            }
            else
            {
                Append(set, c);
            }
        }

        throw new AppletUsageException($"bad regex '{pattern}': Unmatched [, [^, [:, [., or [=", 2);
    }

    private static void Append(StringBuilder set, char c)
    {
        if (c is '\\' or ']' or '[' or '^' or '-')
            set.Append('\\');
        set.Append(c);
    }
}
