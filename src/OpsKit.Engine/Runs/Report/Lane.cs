using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Runs.Report;

/// <summary>A lane of the timeline: its name, its strip of time, and what it comes to in words.</summary>
internal static class Lane
{
    /// <summary>Opens a lane, up to its strip, which is 1000 wide and 20 high, whatever it measures on the screen.</summary>
    /// <param name="html">The file.</param>
    /// <param name="id">Names the lane within the file.</param>
    /// <param name="name">What the lane is of.</param>
    /// <param name="about">What its picture shows, for those who do not see it.</param>
    /// <param name="kind">Its class.</param>
    public static void Begin(HtmlText html, string id, string name, string about, string kind = "")
    {
        html.Write($"<div class=\"lane {kind}\"><span class=\"k\">{HtmlPage.Clip(name, 120)}</span><svg class=\"strip\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" role=\"img\" aria-labelledby=\"{id} {id}d\">");
        html.Write($"<title id=\"{id}\">{HtmlPage.Clip(name, 120)}</title><desc id=\"{id}d\">{HtmlPage.Clip(about, 200)}</desc>");
    }

    /// <summary>A bar from one moment to another, with what it says when it is pointed at.</summary>
    public static void Bar(HtmlText html, TimeAxis axis, DateTimeOffset from, DateTimeOffset to, string colour, string says)
    {
        var left = axis.At(from);
        var width = Math.Max(3, axis.At(to) - left);
        html.Write($"<rect class=\"{colour}\" x=\"{Math.Min(left, TimeAxis.Width - width)}\" y=\"4\" width=\"{width}\" height=\"12\"><title>{HtmlPage.Clip(says, 300)}</title></rect>");
    }

    /// <summary>A moment.</summary>
    public static void Mark(HtmlText html, TimeAxis axis, DateTimeOffset at, string colour, string says) =>
        html.Write($"<path class=\"mark {colour}\" d=\"M{axis.At(at)} 1v18\"><title>{HtmlPage.Clip(says, 300)}</title></path>");

    /// <summary>Closes the strip and the lane.</summary>
    public static void End(HtmlText html, string facts, string colour = "") =>
        html.Write($"</svg><span class=\"f {colour}\">{HtmlPage.Clip(facts, 160)}</span></div>\n");

    /// <summary>Lanes that are many: those worth a look stand open, the others behind a line that says what they are.</summary>
    public static void Fold<T>(HtmlText html, IReadOnlyList<T> lanes, int open, Func<int, string> summary, Action<T, int> write)
    {
        for (var place = 0; place < open; place++)
            write(lanes[place], place);
        if (open == lanes.Count)
            return;
        html.Write($"<details><summary>{summary(lanes.Count - open)}</summary>\n");
        for (var place = open; place < lanes.Count; place++)
            write(lanes[place], place);
        html.Constant("</details>\n");
    }
}
