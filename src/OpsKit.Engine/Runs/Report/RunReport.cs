using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>
/// A run as one HTML file for those who were not there: what to read first, when what was done beside what the guards saw, every change with its outcome. It
/// needs nothing beside it, runs no script and asks for nothing.
/// </summary>
public static class RunReport
{
    /// <summary>Writes the report. The samples are read once, as they come; however many there are, the file stays below 3 MB.</summary>
    /// <param name="output">Receives UTF-8; left open.</param>
    /// <param name="run">The run, with its steps and changes.</param>
    /// <param name="events">What happened in it, in order.</param>
    /// <param name="samples">The samples of its guards, in the order they were kept.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static void Write(Stream output, RunRecord run, IReadOnlyList<RunEvent> events, IEnumerable<GuardSample> samples, RunReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(samples);
        var view = RunView.Of(run, events, samples, options ?? new RunReportOptions());
        using var html = new HtmlText(output);
        HtmlPage.Begin(html, $"{run.Start.Playbook}: {view.Word} — OpsKit run {run.Id}");
        html.Constant("<style>\n" + HtmlStyle.Page + RunReportStyle.Sheet + "</style>\n");
        HtmlPage.Body(html);
        ReportHead.Write(html, view);
        ReadFirst.Write(html, view);
        Timeline.Write(html, view);
        ChangeTable.Write(html, view);
        ProbeTable.Write(html, view);
        PlanFindings.Write(html, view);
        EventList.Write(html, view);
        FileList.Write(html, view);
        if (view.Written is { } written)
            html.Write($"<footer>Written by OpsKit at {view.Times.Moment(written)} from the journal of run {run.Id}.</footer>\n");
        HtmlPage.End(html);
    }
}
