using System.Text.RegularExpressions;

namespace OpsKit.TestKit;

/// <summary>A block of code on a page.</summary>
/// <param name="Page">The page, relative to the root.</param>
/// <param name="Line">The line it begins on.</param>
/// <param name="Text">What is in it.</param>
public sealed record MarkdownBlock(string Page, int Line, string Text)
{
    /// <summary>Where it stands.</summary>
    public string Place => $"{Page}:{Line}";
}

/// <summary>The repository's pages.</summary>
public static class Markdown
{
    /// <summary>The README and the pages of <c>docs</c>.</summary>
    public static IReadOnlyList<string> Pages { get; } = ["README.md", .. Repository.Files("docs", "*.md").Order(StringComparer.Ordinal)];

    /// <summary>The blocks of a language on all pages.</summary>
    public static IEnumerable<MarkdownBlock> Blocks(string language) => Pages.SelectMany(page =>
    {
        var text = Repository.Read(page);
        return Regex.Matches(text, $"^```{language}\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(block => new MarkdownBlock(page, text.AsSpan(0, block.Index).Count('\n') + 1, block.Groups[1].Value));
    });
}
