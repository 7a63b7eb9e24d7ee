using System.Globalization;
using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>The files of the run's folder: transcripts, reports, the plan, events and samples.</summary>
internal static class FileList
{
    private const int Most = 600;

    public static void Write(HtmlText html, RunView view)
    {
        html.Write($"<section aria-labelledby=\"files\">\n<h2 id=\"files\">Files of the run</h2>\n<p>In <code>{view.Run.Folder}</code>:</p>\n");
        var files = FilesOf(view.Run.Folder);
        if (files.Count == 0)
        {
            html.Constant("<p class=\"dim\">The folder is not there, or empty.</p>\n</section>\n");
            return;
        }

        html.Constant("<table>\n<thead><tr><th scope=\"col\">File</th><th scope=\"col\">What</th><th scope=\"col\" class=\"n\">KB</th></tr></thead>\n<tbody>\n");
        foreach (var (name, bytes) in files.Take(Most))
            html.Write($"<tr><th scope=\"row\"><code>{HtmlPage.Clip(name, 200)}</code></th><td>{About(name)}</td><td class=\"n\">{((bytes + 1023) / 1024).ToString("#,##0", CultureInfo.InvariantCulture)}</td></tr>\n");
        html.Constant("</tbody>\n</table>\n");
        if (files.Count > Most)
            html.Write($"<p class=\"dim\">And {ReportTimes.Count(files.Count - Most, "file")} more.</p>\n");
        html.Constant("</section>\n");
    }

    private static List<(string Name, long Bytes)> FilesOf(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
                    .Where(file => file.Name != "process.lock" && file.Extension != ".html" && !file.Name.StartsWith('.'))
                    .Select(file => (Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), file.Length))
                    .OrderBy(file => file.Item1, StringComparer.Ordinal)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string About(string name) => name switch
    {
        "plan.json" => "the plan that was approved",
        "playbook.yaml" => "the playbook as it was run",
        "events.jsonl" => "what happened, an object a line",
        "samples.jsonl" => "every probe, an object a line",
        _ when name.EndsWith("-undo.jsonl", StringComparison.Ordinal) => "what was there before, to put it back",
        _ when name.StartsWith("transcripts/", StringComparison.Ordinal) && name.Contains(".soap.", StringComparison.Ordinal) => "transcript: what was said with its API",
        _ when name.StartsWith("transcripts/", StringComparison.Ordinal) => "transcript: what was said over SSH",
        _ when name.StartsWith("output/", StringComparison.Ordinal) => "what a program said",
        _ when name.StartsWith("reports/", StringComparison.Ordinal) => "report of a step",
        _ => "",
    };
}
