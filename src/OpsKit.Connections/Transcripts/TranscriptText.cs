using System.Globalization;
using System.Text;
using OpsKit.Connections.Secrets;

namespace OpsKit.Connections.Transcripts;

/// <summary>Texts as transcripts hold them: cut in the middle, without secrets, harmless on a terminal.</summary>
internal static class TranscriptText
{
    /// <summary>The text without carriage returns, which could stand in the middle of a secret.</summary>
    public static string OneKindOfLineEnd(string text) => text.Replace("\r", "", StringComparison.Ordinal);

    /// <summary>The beginning and the end of a text, and how many characters are left out between them.</summary>
    public static (string Beginning, string End, long Omitted) Cut(string text, int kept)
    {
        if (text.Length <= 2L * kept)
            return (text, "", 0);
        var (until, from) = (kept, text.Length - kept);
        if (char.IsHighSurrogate(text[until - 1]))
            until--;
        if (char.IsLowSurrogate(text[from]))
            from++;
        return (text[..until], text[from..], from - until);
    }

    /// <summary>The text without secrets; where it was cut, without pieces of them, too.</summary>
    public static (string Beginning, string End) Redact(Redactor redactor, string beginning, string end, long omitted) => omitted == 0
        ? (redactor.Redact(beginning), redactor.Redact(end))
        : (redactor.RedactPiece(beginning, goesOn: true, wentBefore: false), redactor.RedactPiece(end, goesOn: false, wentBefore: true));

    /// <summary>The text with everything that a terminal would obey or hide shown as an escape; line feeds and tabs stay.</summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || IsVisible(rune))
                shown.Append(rune);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }

        return shown.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
