using System.Globalization;
using System.Text;

namespace OpsKit.Connections;

/// <summary>
/// Makes text from elsewhere (names, server messages) harmless on a terminal: what would move the cursor, colour, reorder or hide
/// is shown as an escape instead.
/// </summary>
public static class SafeText
{
    /// <summary>Text on one line: line breaks are shown, too.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Escape(text, keepLineFeeds: false);
    }

    /// <summary>Text of several lines: line feeds, with or without a carriage return, are kept; the rarer line breaks are shown.</summary>
    public static string Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Escape(text.Replace("\r\n", "\n", StringComparison.Ordinal), keepLineFeeds: true);
    }

    private static string Escape(string text, bool keepLineFeeds)
    {
        var clean = true;
        foreach (var rune in text.EnumerateRunes())
            clean &= IsVisible(rune) || (keepLineFeeds && rune.Value == '\n');
        if (clean)
            return text;

        var safe = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsVisible(rune) || (keepLineFeeds && rune.Value == '\n'))
                safe.Append(rune);
            else
                safe.Append(EscapeOf(rune));
        }

        return safe.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && rune != Rune.ReplacementChar;

    private static string EscapeOf(Rune rune) => rune.Value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        0xFFFD => "\uFFFD",
        < 0x100 => $"\\x{rune.Value:x2}",
        < 0x10000 => $"\\u{rune.Value:x4}",
        _ => $"\\U{rune.Value:x8}",
    };
}
