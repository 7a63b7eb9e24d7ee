using System.Collections.Concurrent;
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

    private readonly ConcurrentDictionary<string, byte> _forms = new(StringComparer.Ordinal);
    private string[] _longestFirst = [];

    /// <summary>Makes a secret disappear from every text from now on.</summary>
    public void Register(Secret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var value = secret.Reveal();
        if (value.Length < ShortestReplaced)
            return;

        var added = false;
        foreach (var form in Forms(value).Where(form => form.Length >= ShortestReplaced))
            added |= _forms.TryAdd(form, 0);
        if (added)
            _longestFirst = [.. _forms.Keys.OrderByDescending(form => form.Length)];
    }

    /// <summary>The text with every registered secret replaced by <see cref="Mark"/>.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var form in _longestFirst)
        {
            if (text.Contains(form, StringComparison.Ordinal))
                text = text.Replace(form, Mark, StringComparison.Ordinal);
        }

        return text;
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
