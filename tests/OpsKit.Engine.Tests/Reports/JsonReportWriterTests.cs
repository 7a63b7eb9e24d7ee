using System.Text.Json;
using CsCheck;
using OpsKit.TestKit;

namespace OpsKit.Engine.Tests.Reports;

public class JsonReportWriterTests
{
    [Fact]
    public void Report_has_the_documented_shape() => Golden.ShouldMatch(SampleReport.Json(SampleReport.TwoPools), "two-pools.json");

    [Fact]
    public void Empty_report_has_the_same_keys()
    {
        using var document = JsonDocument.Parse(SampleReport.Json(SampleReport.Of()));

        document.RootElement.EnumerateObject().Select(property => property.Name)
            .ShouldBe(["report", "generatedAt", "columns", "rows", "totals", "notAssessed", "notes"]);
        document.RootElement.GetProperty("totals").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Any_text_parses_back_to_itself_and_the_file_holds_nothing_a_terminal_obeys() =>
        Gen.Char.Where(c => !char.IsSurrogate(c)).Array[0, 30].Select(chars => new string(chars)).Sample(text =>
        {
            var json = SampleReport.Json(SampleReport.Of(new Pool(text)));

            using var document = JsonDocument.Parse(json);
            document.RootElement.GetProperty("rows")[0].GetProperty("vCenter").GetString().ShouldBe(text);
            json.ShouldNotContain(c => (char.IsControl(c) && c != '\n') || (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069'));
        });

    [Fact]
    public void Ordinary_text_of_any_script_stays_readable() =>
        SampleReport.Json(SampleReport.Of(new Pool("Büro <東京> & 'co' a+b"))).ShouldContain("Büro <東京> & 'co' a+b");
}
