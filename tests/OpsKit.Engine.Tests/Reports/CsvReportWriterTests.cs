using CsCheck;
using CsvHelper;
using OpsKit.Engine.Reports;

namespace OpsKit.Engine.Tests.Reports;

public class CsvReportWriterTests
{
    [Fact]
    public void Report_is_written_with_a_header_rows_and_a_line_for_what_is_missing() =>
        SampleReport.Csv(SampleReport.TwoPools).ShouldBe(
            """
            vCenter,Hosts,vRAMUsed,Share,Linked,Seen,Expires,NotAssessed
            vc1,12,2624.8,26.2,True,2026-01-31T12:00:00Z,2027-02-01,
            vc2,-3,-0.3,0.0,False,,,
            vc3,,,,,,,did not answer within 15 s

            """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("\nx", "\"'\nx\"")]
    [InlineData("a;=1+1", "\"a;=1+1\"")]
    [InlineData("a\t=1+1", "\"a\t=1+1\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("a=b", "a=b")]
    [InlineData("Büro–東京", "Büro–東京")]
    [InlineData("", "")]
    public void Text_is_quoted_and_formulas_are_defused(string text, string field) =>
        SampleReport.Csv(SampleReport.Of(new Pool(text))).ShouldEndWith($"\n{field},,,,,,,\n");

    [Fact]
    public void Negative_numbers_stay_numbers() =>
        SampleReport.Csv(SampleReport.Of(new Pool("vc1", -3, -1.5m))).ShouldContain("\nvc1,-3,-1.5,");

    [Fact]
    public void Byte_order_mark_is_written_only_when_asked_for()
    {
        SampleReport.Csv(SampleReport.Of())[0].ShouldBe('v');
        SampleReport.Csv(SampleReport.Of(), new CsvReportOptions { ByteOrderMark = true })[0].ShouldBe('\uFEFF');
    }

    [Fact]
    public void Missing_target_of_a_report_without_text_keeps_its_name()
    {
        var table = ReportTable.From("days", [new Pool(null, 1)], Column<Pool>.Integer("Hosts", pool => pool.Hosts))
            with { NotAssessed = [new NotAssessed("vc3", "no answer")] };

        SampleReport.Csv(table).ShouldBe("Hosts,NotAssessed\n1,\n,vc3: no answer\n");
    }

    [Fact]
    public void Any_text_parses_back_to_itself_but_for_the_apostrophe_before_a_formula() =>
        Gen.Select(HostileText, Gen.Int, Gen.Decimal[-1000000, 1000000]).Array[1, 8].Sample(rows =>
        {
            var table = SampleReport.Of([.. rows.Select(row => new Pool(row.Item1, row.Item2, row.Item3))]);
            using var stream = new MemoryStream();
            CsvReportWriter.Write(table with { Totals = null }, stream);
            stream.Position = 0;

            using var csv = CsvReader.Create(stream, new CsvReaderOptions { HasHeader = true });
            for (var index = 0; index < rows.Length; index++)
            {
                csv.Read().ShouldBeTrue();
                csv.GetString(0).ShouldBe(Defused(rows[index].Item1));
                csv.GetString(1).ShouldBe(rows[index].Item2.ToString());
                csv.GetString(2).ShouldBe(table.Columns[2].Format(table.Rows[index][2]));
            }

            csv.Read().ShouldBeFalse();
        });

    private static readonly Gen<string> HostileText =
        Gen.OneOf(Gen.Char[" =+-@\t\r\n\",;'|\u001b\u202e\u0000"], Gen.Char['a', 'z'], Gen.Char['\u00a1', '\u2fff']).Array[0, 12].Select(chars => new string(chars));

    private static string Defused(string text) => text.Length > 0 && "=+-@\t\r\n".Contains(text[0]) ? "'" + text : text;
}
