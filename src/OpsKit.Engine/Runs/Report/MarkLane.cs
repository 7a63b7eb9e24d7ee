using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>The moments that changes marked: their words, above the probes; their lines go through all lanes.</summary>
internal static class MarkLane
{
    private const int Most = 60;
    private const double UnitsALetter = 10.5;
    private const double Gap = 15;

    public static void Write(HtmlText html, RunView view)
    {
        if (view.Marks.Count == 0)
            return;
        var several = view.Marks.Select(mark => mark.Target).Distinct(StringComparer.Ordinal).Skip(1).Any();
        html.Constant("<h3>Marks</h3>\n<div class=\"lane marks\"><span class=\"k\">Marked by changes</span><div class=\"strip\">");
        var rowEnds = new List<double>();
        foreach (var mark in view.Marks.Take(Most))
        {
            var text = HtmlPage.Clip(several ? $"{mark.Target}: {mark.Text}" : mark.Text, 60);
            var x = view.Axis.At(mark.At);
            var width = (text.Length * UnitsALetter) + Gap;
            var left = x + width <= TimeAxis.Width ? x : x - width;
            var row = rowEnds.FindIndex(end => end <= left);
            if (row < 0)
            {
                row = rowEnds.Count;
                rowEnds.Add(0);
            }

            rowEnds[row] = left + width;
            html.Write($"<span class=\"{(left < x ? "z" : "a")}\" style=\"left:{x / 10}%;top:{row * 1.15}rem\" title=\"{view.Times.Time(mark.At)}\">{text}</span>");
        }

        html.Write($"<i style=\"height:{Math.Max(1, rowEnds.Count) * 1.15}rem\"></i></div><span class=\"f dim\">{ReportTimes.Count(view.Marks.Count, "mark")}</span></div>\n");
    }
}
