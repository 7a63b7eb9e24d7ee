namespace OpsKit.Lab.Esxi;

/// <summary>The classes of characters that patterns name, such as <c>[:digit:]</c>.</summary>
internal static class CharacterClass
{
    public static Func<char, bool>? Of(string name) => name switch
    {
        "alpha" => char.IsAsciiLetter,
        "digit" => char.IsAsciiDigit,
        "alnum" => char.IsAsciiLetterOrDigit,
        "upper" => char.IsAsciiLetterUpper,
        "lower" => char.IsAsciiLetterLower,
        "xdigit" => char.IsAsciiHexDigit,
        "space" => static c => c is ' ' or (>= '\t' and <= '\r'),
        "blank" => static c => c is ' ' or '\t',
        "punct" => static c => c is > ' ' and < (char)127 && !char.IsAsciiLetterOrDigit(c),
        "print" => static c => c is >= ' ' and < (char)127,
        "graph" => static c => c is > ' ' and < (char)127,
        "cntrl" => static c => c is < ' ' or (char)127,
        _ => null,
    };

    /// <summary>All characters of a class, in order.</summary>
    public static string? Members(string name) => Of(name) is { } test ? string.Concat(Enumerable.Range(0, 256).Select(c => (char)c).Where(test)) : null;
}
