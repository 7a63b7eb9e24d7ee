namespace OpsKit.Lab.Esxi.Ash;

internal enum TokenKind
{
    Word,
    Operator,
    Descriptor,
    NewLine,
    End,
}

/// <summary>A piece of a script.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The operator or the number of a descriptor; of a word, its plain text or nothing.</param>
/// <param name="Word">The word.</param>
/// <param name="Line">The line it begins in.</param>
internal sealed record Token(TokenKind Kind, string Text, Word? Word, int Line)
{
    public bool Is(string text) => Kind switch
    {
        TokenKind.Operator => Text == text,
        TokenKind.Word => Word!.Plain == text,
        _ => false,
    };

    /// <summary>As error messages name it.</summary>
    public string Shown => Kind switch
    {
        TokenKind.NewLine => "newline",
        TokenKind.End => "end of file",
        TokenKind.Word when Word!.Plain is { } plain && ReservedWords.Is(plain) => $"\"{plain}\"",
        TokenKind.Word => "word",
        TokenKind.Descriptor => "redirection",
        _ => Text is "<" or ">" or ">>" or "<<" or "<<-" or "<&" or ">&" or ">|" or "<>" ? "redirection" : $"\"{Text}\"",
    };
}

internal static class ReservedWords
{
    private static readonly HashSet<string> All = new(StringComparer.Ordinal)
    {
        "!", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while", "{", "}", "function",
    };

    public static bool Is(string text) => All.Contains(text);
}
