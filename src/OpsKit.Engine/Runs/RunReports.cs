using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;

namespace OpsKit.Engine.Runs;

/// <summary>Keeps what reading steps report: as CSV in the run's folder, and in the file the step names, whose ending says the format.</summary>
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
            var named = step.Bound.ReportFile is { } file ? jumpHost.ResolvePath(ReportMerge.FileOf(file, place)) : null;
            var path = Path.Combine(kept, $"{step.Number:00}-{table.Name}.csv");
            Write(step, table, path);
            if (named is not null)
                Write(step, table, named);
            console.Say($"report {table.Name}: {(table.Rows.Count == 1 ? "1 row" : $"{table.Rows.Count} rows")} written to {named ?? path}");
        }

        return merged.Sum(table => table.NotAssessed.Count);
    }

    private void Write(Step step, ReportTable table, string path)
    {
        ReportFile.Write(path, stream => ReportFormat.Write(table, path, jumpHost.Clock.GetUtcNow(), stream));
        journal.Event("report-written", step.Number, "", path);
    }
}
