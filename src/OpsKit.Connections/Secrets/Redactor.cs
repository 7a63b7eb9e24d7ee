using System.Security;
using System.Text;
using System.Text.Encodings.Web;

namespace OpsKit.Connections.Secrets;

/// <summary>
/// Takes secrets out of text on its way to a log, a transcript or a screen. It knows each registered secret as written and as it looks
/// escaped for XML, JSON, URLs, a shell, or in base64.
/// </summary>
public sealed class Redactor
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mark = "***";

    /// <summary>Shorter secrets would take ordinary words apart; they are not replaced inside other text.</summary>
    private const int ShortestReplaced = 4;

    private readonly Lock _registering = new();
    private HashSet<string> _forms = new(StringComparer.Ordinal);

    /// <summary>Makes a secret disappear from every text from now on.</summary>
    public void Register(Secret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var value = secret.Reveal();
        // What is logged line by line must not show a secret of several lines.
        var parts = value.Split('\n').Select(line => line.Trim()).Append(value).Where(part => part.Length >= ShortestReplaced);
        lock (_registering)
        {
            // Replaced whole, so that texts are redacted without waiting for the lock.
            _forms = new HashSet<string>(_forms.Concat(parts.SelectMany(Forms).Where(form => form.Length >= ShortestReplaced)), StringComparer.Ordinal);
        }
    }

    /// <summary>The text with every registered secret replaced by <see cref="Mark"/>; secrets that overlap or touch share one.</summary>
    public string Redact(string text) => RedactPiece(text, wentBefore: false, goesOn: false);

    /// <summary>The same for a piece of a longer text: what may be the rest or the beginning of a secret that was cut in two is replaced, too.</summary>
    /// <param name="text">The piece.</param>
    /// <param name="wentBefore">Whether something was cut off before it.</param>
    /// <param name="goesOn">Whether something was cut off behind it.</param>
    public string RedactPiece(string text, bool wentBefore, bool goesOn)
    {
        ArgumentNullException.ThrowIfNull(text);
        var forms = _forms;
        var hidden = Find(text, forms);
        if (goesOn && forms.Select(form => Shared(form, text)).DefaultIfEmpty().Max() is > 0 and var begun)
            hidden.Add((text.Length - begun, text.Length));
        if (wentBefore && forms.Select(form => Shared(text, form)).DefaultIfEmpty().Max() is > 0 and var rest)
            hidden.Add((0, rest));
        if (hidden.Count == 0)
            return text;

        hidden.Sort();
        var clear = new StringBuilder(text.Length);
        var end = 0;
        foreach (var (start, stop) in hidden)
        {
            if (start > end || clear.Length == 0)
                clear.Append(text, end, start - end).Append(Mark);
            end = Math.Max(end, stop);
        }

        return clear.Append(text, end, text.Length - end).ToString();
    }

    /// <summary>All places in the untouched text: replacing one secret after the other would leave a part of one that overlaps another.</summary>
    private static List<(int Start, int Stop)> Find(string text, HashSet<string> forms)
    {
        var found = new List<(int Start, int Stop)>();
        foreach (var form in forms)
        {
            for (var at = text.IndexOf(form, StringComparison.Ordinal); at >= 0; at = text.IndexOf(form, at + 1, StringComparison.Ordinal))
                found.Add((at, at + form.Length));
        }

        return found;
    }

    /// <summary>The most characters with which one text begins and the other ends.</summary>
    private static int Shared(ReadOnlySpan<char> begins, ReadOnlySpan<char> ends)
    {
        for (var length = Math.Min(begins.Length, ends.Length); length > 0; length--)
        {
            if (ends.EndsWith(begins[..length], StringComparison.Ordinal))
                return length;
        }

        return 0;
    }

    private static IEnumerable<string> Forms(string value)
    {
        yield return value;
        yield return SecurityElement.Escape(value);
        yield return value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        yield return JavaScriptEncoder.Default.Encode(value);
        yield return JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);
        yield return Uri.EscapeDataString(value);
        yield return Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal);
        yield return value.Replace("'", "'\\''", StringComparison.Ordinal);
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
    }
}
