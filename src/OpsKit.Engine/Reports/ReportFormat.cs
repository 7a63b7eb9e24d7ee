namespace OpsKit.Engine.Reports;

/// <summary>The format of a report's file, by its ending.</summary>
public static class ReportFormat
{
    /// <summary>Writes a report as the file's ending says: <c>.json</c>, <c>.html</c> or <c>.htm</c>, <c>.dot</c> or <c>.gv</c>; CSV for any other.</summary>
    /// <param name="table">The report.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="generatedAt">When the report was made.</param>
    /// <param name="output">Receives UTF-8; left open.</param>
    /// <exception cref="Connections.OpsKitException">The report has no drawing, which <c>.dot</c> is about (usage).</exception>
    public static void Write(ReportTable table, string file, DateTimeOffset generatedAt, Stream output)
    {
        switch (Path.GetExtension(file).ToLowerInvariant())
        {
            case ".json":
                JsonReportWriter.Write(table, generatedAt, output);
                break;
            case ".html" or ".htm":
                HtmlReportWriter.Write(table, generatedAt, output);
                break;
            case ".dot" or ".gv":
                DotReportWriter.Write(table, output);
                break;
            default:
                CsvReportWriter.Write(table, output, new CsvReportOptions());
                break;
        }
    }
}
