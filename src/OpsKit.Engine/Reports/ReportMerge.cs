namespace OpsKit.Engine.Reports;

/// <summary>Reports of many targets as few tables: those of the same name become one.</summary>
public static class ReportMerge
{
    /// <summary>One table a name, in the order of their first. What sums there were is left out where rows of several came together.</summary>
    public static IReadOnlyList<ReportTable> ByName(IEnumerable<ReportTable> tables) =>
        [.. tables.GroupBy(table => table.Name, StringComparer.Ordinal).Select(same => One([.. same]))];

    /// <summary>The file of a step's n-th table, counted from 0: the first has the file's own name, the others a number before its ending.</summary>
    public static string FileOf(string file, int place) => place == 0
        ? file
        : Path.Combine(Path.GetDirectoryName(file) ?? "", $"{Path.GetFileNameWithoutExtension(file)}-{place + 1}{Path.GetExtension(file)}");

    private static ReportTable One(IReadOnlyList<ReportTable> same) => same is [var only]
        ? only
        : same[0] with
        {
            Rows = [.. same.SelectMany(table => table.Rows)],
            Totals = null,
            NotAssessed = [.. same.SelectMany(table => table.NotAssessed).Distinct()],
            Notes = [.. same.SelectMany(table => table.Notes).Distinct(StringComparer.Ordinal)],
            Drawing = same.Any(table => table.Drawing is not null) ? new ReportDrawing([.. same.SelectMany(table => table.Drawing?.Links ?? [])]) : null,
        };
}
