using System.Text;
using OpsKit.Engine.Reports;

namespace OpsKit.Modules.Tests.Licensing;

internal static class ReportText
{
    public static string Csv(ReportTable table) => Written(stream => CsvReportWriter.Write(table, stream));

    public static string Json(ReportTable table) => Written(stream => JsonReportWriter.Write(table, EstateBuilder.Now, stream));

    public static IEnumerable<object?> Column(ReportTable table, string name)
    {
        var index = Index(table, name);
        return table.Rows.Select(row => row[index]);
    }

    public static object? Total(ReportTable table, string name) => table.Totals?[Index(table, name)];

    private static int Index(ReportTable table, string name) => table.Columns.Select(column => column.Name).ToList().IndexOf(name);

    private static string Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
