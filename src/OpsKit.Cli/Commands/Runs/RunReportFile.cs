using OpsKit.Connections;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Runs.Report;

namespace OpsKit.Cli.Commands.Runs;

/// <summary>Writes the report of a run.</summary>
internal static class RunReportFile
{
    private const string Name = "report.html";

    /// <summary>Leaves it in the run's folder; null where it cannot be written, which is no failure of the run.</summary>
    public static string? Leave(CommandContext context, IRunJournal journal, RunRecord run)
    {
        var file = Path.Combine(run.Folder, Name);
        try
        {
            Write(journal, run, file);
            return file;
        }
        catch (OpsKitException failure)
        {
            context.Terminal.Warn($"no report of the run: {failure.Message}");
            return null;
        }
    }

    /// <summary>Writes it to a file.</summary>
    /// <exception cref="OpsKitException">It cannot be written.</exception>
    public static void Write(IRunJournal journal, RunRecord run, string path) =>
        ReportFile.Write(path, stream => RunReport.Write(stream, run, journal.Events(run.Id), journal.Samples(run.Id)));
}
