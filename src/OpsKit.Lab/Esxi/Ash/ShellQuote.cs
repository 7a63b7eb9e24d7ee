namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Writes text so that the shell reads it back as it is.</summary>
internal static class ShellQuote
{
    public static string Of(string text, bool always = true)
    {
        if (!always && text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "_@%+:,./-=".Contains(c, StringComparison.Ordinal)))
            return text;
        return $"'{text.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";
    }
}
