namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Which characters names of variables and of special parameters have.</summary>
internal static class ShellNames
{
    public static bool IsStart(char c) => char.IsAsciiLetter(c) || c == '_';

    public static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    public static bool IsSpecial(char c) => c is '@' or '*' or '#' or '?' or '-' or '$' or '!';

    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !IsStart(text[0]))
            return false;
        foreach (var c in text)
        {
            if (!IsPart(c))
                return false;
        }

        return true;
    }
}
