using System.Text;
using System.Xml.Linq;
using OpsKit.Connections;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Reports.Drawings;

namespace OpsKit.Engine.Tests.Reports;

public sealed class DrawingTests
{
    private const string Hostile = "a\"]; x [label=\"<script>alert(1)</script>\\";

    [Fact]
    public void Things_that_share_far_things_are_drawn_together_and_those_that_lead_nowhere_come_last()
    {
        var panels = DrawingPanel.Of(new ReportDrawing(
        [
            new DrawnLink("lonely", "p"), new DrawnLink("a1", "p") { Far = "s1" }, new DrawnLink("b1", "p") { Far = "s9" }, new DrawnLink("a2", "p") { Far = "s2" }, new DrawnLink("a3", "p") { Far = "s1" },
            new DrawnLink("a3", "q") { Far = "s2" },
        ]));

        panels.Select(panel => $"{string.Join(',', panel.Near.Select(near => near.Name))}: {string.Join(',', panel.Far)}").ShouldBe(["a1,a2,a3: s1,s2", "b1: s9", "lonely: "]);
    }

    [Fact]
    public void Many_things_on_one_far_thing_are_drawn_in_screenfuls()
    {
        var panels = DrawingPanel.Of(new ReportDrawing([.. Enumerable.Range(0, 40).Select(place => new DrawnLink($"n{place}", "p") { Far = "core" })]));

        panels.Select(panel => panel.Near.Count).ShouldBe([16, 16, 8]);
        panels.ShouldAllBe(panel => panel.Far.SequenceEqual(new[] { "core" }));
    }

    [Fact]
    public void Html_with_a_drawing_of_hostile_names_is_well_formed_and_says_them()
    {
        using var file = new MemoryStream();
        HtmlReportWriter.Write(Table(), DateTimeOffset.UnixEpoch, file);
        var html = Encoding.UTF8.GetString(file.ToArray());

        var page = XDocument.Parse(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));

        page.Descendants().Count(element => element.Name.LocalName == "path").ShouldBe(1);
        page.Descendants().ShouldNotContain(element => element.Name.LocalName == "script");
        page.Descendants("title").Select(title => title.Value).ShouldContain(Hostile);
        html.ShouldContain("2 without a link");
    }

    [Fact]
    public void Dot_quotes_hostile_names()
    {
        using var file = new MemoryStream();
        DotReportWriter.Write(Table(), file);

        var dot = Encoding.UTF8.GetString(file.ToArray());

        dot.ShouldContain("[label=\"a\\\"]; x [label=\\\"<script>alert(1)</script>\\\\\", style=filled];");
        dot.Split('\n').ShouldAllBe(line => Unquoted(line).IndexOf("script", StringComparison.Ordinal) < 0);
    }

    [Fact]
    public void Report_without_a_drawing_has_no_dot() =>
        Should.Throw<OpsKitException>(() => DotReportWriter.Write(Table() with { Drawing = null }, Stream.Null)).Kind.ShouldBe(FailureKind.Usage);

    [Theory]
    [InlineData("a.csv", "Name,NotAssessed")]
    [InlineData("a", "Name,NotAssessed")]
    [InlineData("a.JSON", "{")]
    [InlineData("a.html", "<!DOCTYPE html>")]
    [InlineData("a.gv", "graph \"t\" {")]
    public void File_ending_says_the_format(string name, string beginning)
    {
        using var file = new MemoryStream();
        ReportFormat.Write(Table(), name, DateTimeOffset.UnixEpoch, file);

        Encoding.UTF8.GetString(file.ToArray()).ShouldStartWith(beginning);
    }

    private static ReportTable Table() => ReportTable.From("t", ["x"], Column<string>.Text("Name", row => row)) with
    {
        Drawing = new ReportDrawing([new DrawnLink("host", "vmnic0") { Far = Hostile, FarPort = "1", Remark = "moved" }, new DrawnLink("host", "vmnic1") { IsDown = true }, new DrawnLink("host", "vmnic2") { IsDown = true }]),
    };

    private static string Unquoted(string line)
    {
        var (text, quoted) = (new StringBuilder(), false);
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '\\' && quoted)
                at++;
            else if (line[at] == '"')
                quoted = !quoted;
            else if (!quoted)
                text.Append(line[at]);
        }

        return text.ToString();
    }
}
