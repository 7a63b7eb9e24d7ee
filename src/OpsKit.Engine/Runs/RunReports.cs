using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;

namespace OpsKit.Engine.Runs;

/// <summary>Keeps what reading steps report: as CSV in the run's folder, and in the file the step names.</summary>
internal sealed class RunReports(JumpHost jumpHost, IRunWriter journal, IRunConsole console)
{
    private const string Folder = "reports";

    /// <summary>Writes the reports of a step; those of the same name, one a target, become one.</summary>
    /// <returns>How many things no report could assess.</returns>
    /// <exception cref="OpsKitException">One cannot be written.</exception>
    public int Write(Step step, IReadOnlyList<ReportTable> tables)
    {
        var merged = ReportMerge.ByName(tables);
        foreach (var (place, table) in merged.Index())
        {
            var kept = Path.Combine(journal.Folder, Folder);
            PrivateFiles.CreateFolder(kept);
            Write(step, table, Path.Combine(kept, $"{step.Number:00}-{table.Name}.csv"), told: false);
            if (step.Bound.ReportFile is { } file)
                Write(step, table, jumpHost.ResolvePath(ReportMerge.FileOf(file, place)), told: true);
        }

        return merged.Sum(table => table.NotAssessed.Count);
    }

    private void Write(Step step, ReportTable table, string path, bool told)
    {
        ReportFile.Write(path, stream => CsvReportWriter.Write(table, stream, new CsvReportOptions()));
        journal.Event("report-written", step.Number, "", path);
        if (told)
            console.Say($"report {table.Name}: {(table.Rows.Count == 1 ? "1 row" : $"{table.Rows.Count} rows")} written to {path}");
    }
}
