using System.Text;

namespace OpsKit.Connections.Ssh;

/// <summary>Reads what a device wrote for a terminal as plain text.</summary>
internal static class TerminalText
{
    private const char Escape = '\u001b';

    /// <summary>The text without escape sequences and control characters; backspaces take back, CR LF is a line end, a lone CR starts the line anew.</summary>
    internal static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case Escape:
                    i = SkipSequence(text, i);
                    break;
                case '\b' or '\u007f':
                    if (plain.Length > 0 && plain[^1] != '\n')
                        plain.Length--;
                    break;
                case '\r':
                    while (i + 1 < text.Length && text[i + 1] == '\r')
                        i++;
                    // At the very end it may be half of a line end that is still on its way.
                    if (i + 1 < text.Length && text[i + 1] != '\n')
                        plain.Length = plain.ToString().LastIndexOf('\n') + 1;
                    break;
                case '\n' or '\t':
                    plain.Append(text[i]);
                    break;
                default:
                    if (!char.IsControl(text[i]))
                        plain.Append(text[i]);
                    break;
            }
        }

        return plain.ToString();
    }

    /// <summary>The index of the last character of the sequence that starts at an escape character (ECMA-48: CSI, OSC and two-character ones).</summary>
    private static int SkipSequence(string text, int start)
    {
        var i = start + 1;
        if (i >= text.Length)
            return start;
        switch (text[i])
        {
            case '[':
                while (++i < text.Length && text[i] is >= ' ' and <= '?')
                {
                }

                return Math.Min(i, text.Length - 1);
            case ']':
                while (++i < text.Length && text[i] != '\a' && !(text[i] == '\\' && text[i - 1] == Escape))
                {
                }

                return Math.Min(i, text.Length - 1);
            case '(' or ')' or '#' or '%':
                return Math.Min(i + 1, text.Length - 1);
            default:
                return i;
        }
    }
}
