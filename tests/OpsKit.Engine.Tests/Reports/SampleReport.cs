using OpsKit.Engine.Reports;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Engine.Tests.Reports.Pool>;

namespace OpsKit.Engine.Tests.Reports;

internal sealed record Pool(string? VCenter, long? Hosts = null, decimal? Used = null, bool? Linked = null, DateTimeOffset? Seen = null, DateOnly? Expires = null);

internal static class SampleReport
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 13, 0, 0, TimeSpan.FromHours(1));

    public static ReportTable Of(params Pool[] pools) => ReportTable.From(
        "pools",
        pools,
        Column.Text("vCenter", pool => pool.VCenter, "Where the pool lives"),
        Column.Integer("Hosts", pool => pool.Hosts, sum: true),
        Column.Decimal("vRAMUsed", pool => pool.Used, "GB", sum: true),
        Column.Percent("Share", pool => pool.Used / 100),
        Column.Boolean("Linked", pool => pool.Linked),
        Column.Timestamp("Seen", pool => pool.Seen),
        Column.Date("Expires", pool => pool.Expires));

    public static ReportTable TwoPools => Of(
        new Pool("vc1", 12, 2624.75m, true, Noon, new DateOnly(2027, 2, 1)),
        new Pool("vc2", -3, -0.25m, false)) with
    {
        NotAssessed = [new NotAssessed("vc3", "did not answer within 15 s")],
        Notes = ["Hosts in evaluation mode are not counted."],
    };

    public static string Csv(ReportTable table, CsvReportOptions? options = null)
    {
        using var stream = new MemoryStream();
        CsvReportWriter.Write(table, stream, options);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    public static string Json(ReportTable table)
    {
        using var stream = new MemoryStream();
        JsonReportWriter.Write(table, Noon, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
