using System.IO.Enumeration;

namespace OpsKit.Connections.Inventory;

/// <summary>Names with <c>*</c> and <c>?</c>.</summary>
public static class GlobPattern
{
    /// <summary>Whether a text has a wildcard.</summary>
    public static bool IsPattern(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAny('*', '?');
    }

    /// <summary>Whether a name matches; case does not count.</summary>
    public static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
