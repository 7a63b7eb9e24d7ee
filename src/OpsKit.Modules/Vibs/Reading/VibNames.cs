namespace OpsKit.Modules.Vibs;

/// <summary>What names and versions of packages are made of.</summary>
internal static class VibNames
{
    /// <summary>Whether a text is fit for a package's id, a file's name and a command line.</summary>
    public static bool IsPlain(string text) => text.Length is > 0 and <= 255 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '+' or '~' or '-') && text.Any(char.IsAsciiLetterOrDigit);
}
