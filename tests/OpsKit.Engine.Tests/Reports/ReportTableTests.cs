using CsCheck;
using OpsKit.Engine.Reports;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Engine.Tests.Reports.Pool>;

namespace OpsKit.Engine.Tests.Reports;

public class ReportTableTests
{
    [Fact]
    public void Totals_of_random_rows_equal_the_sum_of_the_rows_as_shown() =>
        Gen.Select(Gen.Int[-1000, 1000], Gen.Decimal[-100000, 100000]).Array[1, 40].Sample(values =>
        {
            var table = SampleReport.Of([.. values.Select(value => new Pool("vc", value.Item1, value.Item2))]);

            var shown = table.Rows.Select(row => decimal.Parse(table.Columns[2].Format(row[2]))).Sum();
            decimal.Parse(table.Columns[2].Format(table.Totals![2])).ShouldBe(shown);
            table.Totals[1].ShouldBe(values.Sum(value => (long)value.Item1));
        });

    [Fact]
    public void Totals_carry_a_label_and_skip_what_is_not_summed()
    {
        var totals = SampleReport.TwoPools.Totals!;

        totals[0].ShouldBe("Total");
        totals[2].ShouldBe(2624.5m);
        totals[3].ShouldBeNull();
        totals[6].ShouldBeNull();
    }

    [Fact]
    public void Report_without_rows_has_no_totals() => SampleReport.Of().Totals.ShouldBeNull();

    [Fact]
    public void Report_without_summed_columns_has_no_totals() =>
        ReportTable.From("names", [new Pool("vc1")], Column.Text("vCenter", pool => pool.VCenter)).Totals.ShouldBeNull();

    [Fact]
    public void Columns_of_the_same_name_are_refused() =>
        Should.Throw<ArgumentException>(() => ReportTable.From(
            "twice", Array.Empty<Pool>(), Column.Text("Name", pool => pool.VCenter), Column.Integer("name", pool => pool.Hosts)))
            .Message.ShouldStartWith("report twice has two columns named Name");

    [Fact]
    public void Value_of_another_kind_is_refused() =>
        Should.Throw<ArgumentException>(() => new ReportColumn("Hosts", ColumnKind.Integer).Normalize("12"))
            .Message.ShouldStartWith("column Hosts holds Integer, not String");

    [Theory]
    [InlineData("0.05", "0.1")]
    [InlineData("-0.05", "-0.1")]
    [InlineData("2624.75", "2624.8")]
    [InlineData("7", "7.0")]
    public void Decimals_round_half_away_from_zero_and_keep_their_digits(string value, string shown)
    {
        var column = new ReportColumn("Used", ColumnKind.Decimal);

        column.Format(column.Normalize(decimal.Parse(value))).ShouldBe(shown);
    }

    [Fact]
    public void Rows_with_equal_values_are_equal()
    {
        var row = new ReportRow(["vc1", 12L, null]);

        row.ShouldBe(new ReportRow(["vc1", 12L, null]));
        row.GetHashCode().ShouldBe(new ReportRow(["vc1", 12L, null]).GetHashCode());
        row.ShouldNotBe(new ReportRow(["vc1", 13L, null]));
    }
}
