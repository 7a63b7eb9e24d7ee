using System.Globalization;
using OpsKit.Engine.Reports.Html;

namespace OpsKit.Engine.Reports.Drawings;

/// <summary>Draws panels as SVG within a page: near things on the left, far things on the right, a curve a link in its far thing's colour.</summary>
internal static class DrawingSvg
{
    public const string Style = """
        figure{margin:1rem 0;overflow-x:auto}figcaption{color:var(--dim);font-size:.85rem}
        svg.net{display:block;max-width:100%;height:auto;font:12px ui-monospace,SFMono-Regular,Consolas,"DejaVu Sans Mono",monospace}
        svg.net text{fill:var(--ink)}svg.net .b{fill:var(--soft);stroke:var(--line)}svg.net .h{font-weight:600}svg.net .d{fill:var(--dim)}svg.net .r{fill:var(--bad);font-weight:600}
        svg.net path{fill:none;stroke-width:1.6}svg.net path.r{stroke-dasharray:5 3;stroke-width:2.4}
        @media print{figure{break-inside:avoid}}

        """;

    private const int Row = 18;
    private const int Gap = 12;
    private const int NearWidth = 250;
    private const int FarLeft = 560;
    private const int FarWidth = 330;
    private const int Width = FarLeft + FarWidth + 10;

    /// <summary>Characters that fit into a box.</summary>
    private const int NearFits = 31;
    private const int FarFits = 43;

    public static void Write(HtmlText html, ReportDrawing drawing)
    {
        var colors = drawing.Links.Select(link => link.Far).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Index()
            .ToDictionary(pair => pair.Item, pair => Color(pair.Index), StringComparer.Ordinal);
        html.Constant("<h2>Drawing</h2>\n");
        foreach (var panel in DrawingPanel.Of(drawing))
            Write(html, panel, colors);
    }

    private static void Write(HtmlText html, DrawingPanel panel, Dictionary<string, string> colors)
    {
        var near = Near(panel);
        var far = Far(panel, near);
        var height = Math.Max(near.Height, far.Height) + 6;
        html.Write($"<figure><svg class=\"net\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-label=\"{Caption(panel)}\">\n");
        foreach (var (link, y) in near.Ports)
        {
            if (link.Far is not null)
            {
                var end = far.Ports[link];
                html.Write($"<path class=\"{(link.Remark is null ? "" : "r")}\" stroke=\"{colors[link.Far]}\" d=\"M{NearWidth} {y - 4}C{NearWidth + 150} {y - 4} {FarLeft - 150} {end - 4} {FarLeft} {end - 4}\"><title>{link.Near} {link.NearPort} – {link.Far} {link.FarPort}</title></path>\n");
            }
        }

        foreach (var (name, top, size) in near.Boxes)
            Box(html, 4, top, NearWidth - 4, size, name, NearFits, "");
        foreach (var (link, y) in near.Ports)
            Port(html, link, y);
        foreach (var (text, y) in near.More)
            html.Write($"<text class=\"d\" x=\"12\" y=\"{y}\">{text}</text>\n");
        foreach (var (name, top, size) in far.Boxes)
            Box(html, FarLeft, top, FarWidth, size, name, FarFits, colors[name]);
        foreach (var (link, y) in far.Ports)
            html.Write($"<text x=\"{FarLeft + 10}\" y=\"{y}\">{HtmlPage.Clip(link.FarPort ?? "port not said", FarFits)}</text>\n");
        html.Write($"</svg><figcaption>{Caption(panel)}</figcaption></figure>\n");
    }

    private static void Box(HtmlText html, int left, int top, int width, int height, string name, int fits, string color)
    {
        html.Write($"<rect class=\"b\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"4\"/>");
        if (color.Length > 0)
            html.Write($"<rect x=\"{left}\" y=\"{top}\" width=\"4\" height=\"{height}\" fill=\"{color}\"/>");
        html.Write($"<text class=\"h\" x=\"{left + 10}\" y=\"{top + 15}\">{HtmlPage.Clip(name, fits)}<title>{name}</title></text>\n");
    }

    private static void Port(HtmlText html, DrawnLink link, int y)
    {
        html.Write($"<text class=\"{(link.IsDown ? "d" : "")}\" x=\"12\" y=\"{y}\">{HtmlPage.Clip(link.NearPort, 20)}</text><text class=\"d\" x=\"{NearWidth - 8}\" y=\"{y}\" text-anchor=\"end\">{HtmlPage.Clip(link.Label ?? "", 12)}</text>");
        if (link.Remark is { } remark)
            html.Write($"<text class=\"r\" x=\"{NearWidth + 8}\" y=\"{y}\">{HtmlPage.Clip(remark, 40)}<title>{remark}</title></text>");
        html.Constant("\n");
    }

    /// <summary>Ports without a link and without a remark are counted, not drawn: blades show ten such NICs each.</summary>
    private static NearSide Near(DrawingPanel panel)
    {
        var (boxes, ports, more, y) = (new List<(string, int, int)>(), new List<(DrawnLink, int)>(), new List<(string, int)>(), 4);
        foreach (var (name, links) in panel.Near)
        {
            var shown = links.Where(link => !link.IsDown || link.Far is not null || link.Remark is not null).ToList();
            var hidden = links.Count - shown.Count;
            var top = y;
            y += Row + 4;
            foreach (var link in shown)
            {
                ports.Add((link, y + 10));
                y += Row;
            }

            if (hidden > 0)
            {
                more.Add((hidden == 1 ? "1 without a link" : string.Create(CultureInfo.InvariantCulture, $"{hidden} without a link"), y + 10));
                y += Row;
            }

            boxes.Add((name, top, y - top + 2));
            y += Gap;
        }

        return new NearSide(boxes, ports, more, y);
    }

    /// <summary>Ports stand in the order of the near things they lead to: the curves of one box never cross each other.</summary>
    private static FarSide Far(DrawingPanel panel, NearSide near)
    {
        var (boxes, ports, y) = (new List<(string, int, int)>(), new Dictionary<DrawnLink, int>(ReferenceEqualityComparer.Instance), 4);
        foreach (var name in panel.Far)
        {
            var top = y;
            y += Row + 4;
            foreach (var (link, _) in near.Ports.Where(port => port.Link.Far == name))
            {
                ports[link] = y + 10;
                y += Row;
            }

            boxes.Add((name, top, y - top + 2));
            y += Gap;
        }

        return new FarSide(boxes, ports, y);
    }

    private static string Caption(DrawingPanel panel) => string.Create(
        CultureInfo.InvariantCulture,
        $"{panel.Near[0].Name}{(panel.Near.Count > 1 ? $" to {panel.Near[^1].Name} ({panel.Near.Count})" : "")}{(panel.Far.Count == 0 ? ": no neighbour known" : "")}");

    /// <summary>Colours far apart for neighbours in the list: a turn by the golden angle each.</summary>
    private static string Color(int place) => string.Create(CultureInfo.InvariantCulture, $"hsl({place * 137.5 % 360:0},62%,46%)");

    private sealed record NearSide(List<(string Name, int Top, int Size)> Boxes, List<(DrawnLink Link, int Y)> Ports, List<(string Text, int Y)> More, int Height);

    private sealed record FarSide(List<(string Name, int Top, int Size)> Boxes, Dictionary<DrawnLink, int> Ports, int Height);
}
