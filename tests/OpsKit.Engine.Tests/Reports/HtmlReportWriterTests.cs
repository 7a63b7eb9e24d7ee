using System.Text;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using OpsKit.Engine.Reports;
using OpsKit.TestKit;

namespace OpsKit.Engine.Tests.Reports;

public sealed class HtmlReportWriterTests
{
    [Fact]
    public void Report_has_rows_totals_what_is_missing_and_notes() => Golden.ShouldMatch(Html(SampleReport.TwoPools), "two-pools.html");

    [Fact]
    public void Any_text_stays_text_and_comes_out_as_it_went_in() =>
        Gen.String.Sample(text =>
        {
            var page = Parse(Html(SampleReport.Of(new Pool(text)) with { NotAssessed = [new NotAssessed(text, text)], Notes = [text], Name = text }));

            page.Descendants("tbody").Single().Descendants("tr").ShouldHaveSingleItem();
            page.Descendants().Select(element => element.Name.LocalName).ShouldNotContain("script");
            page.Descendants("tbody").Single().Descendants("th").Single().Value.ShouldBe(Shown(text));
        });

    [Theory]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("\" onload='x'", "\" onload='x'")]
    [InlineData("a\u001b[31mb", "a\\x1b[31mb")]
    [InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("a\uffffb", "a\\uffffb")]
    public void What_a_browser_would_obey_or_hide_is_shown(string text, string shown) =>
        Parse(Html(SampleReport.Of(new Pool(text)))).Descendants("tbody").Single().Descendants("th").Single().Value.ShouldBe(shown);

    private static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value == '\r')
                continue;
            if (rune.Value is '\n' or '\t' || (rune.Value is not (0xFFFE or 0xFFFF) && category.ToString() is not ("Control" or "Format" or "LineSeparator" or "ParagraphSeparator")))
                shown.Append(rune);
            else
                shown.Append(rune.Value < 0x100 ? $"\\x{rune.Value:x2}" : rune.Value < 0x10000 ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}");
        }

        return shown.ToString();
    }

    private static string Html(ReportTable table)
    {
        using var stream = new MemoryStream();
        HtmlReportWriter.Write(table, SampleReport.Noon, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }
}
