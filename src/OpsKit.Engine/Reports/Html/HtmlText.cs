using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace OpsKit.Engine.Reports.Html;

/// <summary>
/// The one way into an HTML file. What stands in the source is written as it is, and what is put in is escaped: <c>html.Write($"&lt;td&gt;{name}&lt;/td&gt;")</c>.
/// Text that is put in can be anything; what it holds of control and invisible characters is shown, as on a terminal. The result is well-formed XML, too.
/// </summary>
internal sealed class HtmlText : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly StreamWriter _writer;

    /// <param name="output">Receives UTF-8; left open.</param>
    public HtmlText(Stream output) => _writer = new StreamWriter(output, Utf8, bufferSize: 32 * 1024, leaveOpen: true) { NewLine = "\n" };

    /// <summary>Characters written so far.</summary>
    public long Written { get; private set; }

    /// <summary>Writes markup with values in it.</summary>
#pragma warning disable CA1822 // The handler is given the instance it is called on.
    public void Write([InterpolatedStringHandlerArgument("")] ref Markup markup) => _ = markup;
#pragma warning restore CA1822

    /// <summary>Writes a constant: a style sheet, the end of an element.</summary>
    public void Constant([System.Diagnostics.CodeAnalysis.ConstantExpected] string markup) => Raw(markup);

    public void Dispose() => _writer.Dispose();

    private void Raw(string literal)
    {
        _writer.Write(literal);
        Written += literal.Length;
    }

    private void Number<T>(T value, string? format)
        where T : struct, ISpanFormattable
    {
        Span<char> digits = stackalloc char[64];
        if (!value.TryFormat(digits, out var length, format, CultureInfo.InvariantCulture))
            throw new FormatException("a number of more than 64 characters");
        _writer.Write(digits[..length]);
        Written += length;
    }

    private void Escaped(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': Raw("&amp;"); break;
                case '<': Raw("&lt;"); break;
                case '>': Raw("&gt;"); break;
                case '"': Raw("&quot;"); break;
                case '\'': Raw("&#39;"); break;
                case '\n' or '\t': Plain(rune); break;
                case '\r': break;
                default:
                    if (IsVisible(rune))
                        Plain(rune);
                    else
                        Raw(Shown(rune));
                    break;
            }
        }
    }

    private void Plain(Rune rune)
    {
        Span<char> characters = stackalloc char[2];
        var length = rune.EncodeToUtf16(characters);
        _writer.Write(characters[..length]);
        Written += length;
    }

    private static bool IsVisible(Rune rune) => rune.Value is not (0xFFFE or 0xFFFF) && Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Shown(Rune rune) => rune.Value switch
    {
        < 0x100 => $"\\x{rune.Value:x2}",
        < 0x10000 => $"\\u{rune.Value:x4}",
        _ => $"\\U{rune.Value:x8}",
    };

    /// <summary>Markup under way: each part goes out as it comes.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        private readonly HtmlText _html;

#pragma warning disable IDE0060 // The compiler passes them.
        public Markup(int literalLength, int formattedCount, HtmlText html) => _html = html;
#pragma warning restore IDE0060

        public void AppendLiteral(string literal) => _html.Raw(literal);

        public void AppendFormatted(string? text) => _html.Escaped(text);

        public void AppendFormatted(ReadOnlySpan<char> text) => _html.Escaped(text);

        public void AppendFormatted(int number) => _html.Number(number, null);

        public void AppendFormatted(long number) => _html.Number(number, null);

        public void AppendFormatted(double number) => _html.Number(number, "0.##");
    }
}
