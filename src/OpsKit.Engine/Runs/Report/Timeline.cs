using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>Everything that has a time, one lane below the other under one axis: the run, its guards, its steps, its targets, the probes.</summary>
internal static class Timeline
{
    public static void Write(HtmlText html, RunView view)
    {
        html.Constant("<section aria-labelledby=\"time\">\n<h2 id=\"time\">What happened when</h2>\n");
        html.Constant("""
            <ul class="legend dim"><li><span class="l ok"></span>done</li><li><span class="l bad"></span>failed, or a guard breached</li><li><span class="l warn"></span>open, unknown, paused, or a guard that cannot tell</li>
            <li><span class="l band"></span>a change that touches the network, or more, is under way</li><li><span class="l crash"></span>crashed</li><li><span class="l loss"></span>a probe lost</li><li><span class="l out"></span>longest outage</li><li><span class="l unsent"></span>this machine was late</li></ul>

            """);
        html.Constant("<div class=\"plot\">\n");
        Axis(html, view);
        Under(html, view);
        RunLanes.Write(html, view);
        ChangeLanes.Write(html, view);
        MarkLane.Write(html, view);
        PingLanes.Write(html, view);
        html.Constant("</div>\n</section>\n");
    }

    /// <summary>The axis stays in sight while its lanes are scrolled. Every lane says its times in words, so it is not read out.</summary>
    private static void Axis(HtmlText html, RunView view)
    {
        html.Write($"<div class=\"axis\" aria-hidden=\"true\"><span class=\"k dim\">{view.Times.Zone}</span><div class=\"strip\">");
        foreach (var (place, tick) in view.Axis.Ticks().Index())
            html.Write($"<span class=\"{(place % 2 == 0 ? "" : "o ")}{(tick.X < 30 ? "a" : tick.X > 970 ? "z" : "m")}\" style=\"left:{tick.X / 10}%\">{tick.Label}</span>");
        html.Constant("</div></div>\n");
    }

    /// <summary>What lies beneath all lanes: lines at the axis's times, gaps in which nothing ran, and the times of changes that touch the network.</summary>
    private static void Under(HtmlText html, RunView view)
    {
        html.Constant("<div class=\"under\" aria-hidden=\"true\"><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\">\n");
        foreach (var (left, right) in Bands(view))
            html.Write($"<rect class=\"band\" x=\"{left}\" width=\"{Math.Max(1.5, right - left)}\" height=\"10\"/>");
        foreach (var part in view.Axis.Parts.Where(part => part.Kind != TimeAxis.PartKind.Life))
            html.Write($"<rect class=\"{(part.Kind == TimeAxis.PartKind.Crash ? "crash" : "idle")}\" x=\"{part.Left}\" width=\"{Math.Max(1.5, part.Right - part.Left)}\" height=\"10\"/>");
        foreach (var (x, _) in view.Axis.Ticks())
            html.Write($"<path class=\"grid\" d=\"M{x} 0v10\"/>");
        foreach (var mark in view.Marks)
            html.Write($"<path class=\"moment\" d=\"M{view.Axis.At(mark.At)} 0v10\"/>");
        html.Constant("\n</svg></div>\n");
    }

    /// <summary>When changes that do something to the network or worse were under way; what overlaps is one.</summary>
    private static List<(double Left, double Right)> Bands(RunView view)
    {
        var bands = new List<(double Left, double Right)>();
        foreach (var change in view.Run.Changes.Where(change => change.Started is not null && change.Impact >= Verbs.Impact.NetworkPath).OrderBy(change => change.Started))
        {
            var (left, right) = (view.Axis.At(change.Started!.Value), view.Axis.At(view.EndOf(change)));
            if (bands.Count > 0 && left <= bands[^1].Right + 0.5)
                bands[^1] = (bands[^1].Left, Math.Max(bands[^1].Right, right));
            else
                bands.Add((left, right));
        }

        return bands;
    }
}
