using System.Text;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Runs.Report;
using OpsKit.Engine.Verbs;
using OpsKit.TestKit;

namespace OpsKit.Engine.Tests.Runs.Report;

public sealed class RunReportTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Run_without_trouble_says_so() =>
        Golden.ShouldMatch(Html(SimulatedRun.Of(3, interval: TimeSpan.FromSeconds(30))), "activation.html");

    [Fact]
    public void Breach_is_read_first_with_the_change_that_was_under_way()
    {
        var first = TextOf(Section(Page(SimulatedRun.Of(10, breached: true)), "first"));

        first.ShouldContain("Guard breached. The run was stopped at 01:19:16: guard vmkernel: esx05 does not answer: 5 probes in a row lost.");
        first.ShouldContain("esx05 lost 16 probes of 875, for 15 s at the longest, from 01:15:20, while “activate bay 2” on enc2 was under way.");
        first.ShouldContain("4 addresses lost 8 probes of 3,500, for 2 s at the longest (esx01, from 01:10:00), while “activate bay 2” on enc1 was under way: esx01, esx02, esx03, esx04.");
        first.ShouldContain("Not begun. 2 changes on 2 targets.");
    }

    [Fact]
    public void Marks_of_changes_stand_above_the_probes_with_a_line_through_all_lanes()
    {
        var page = Page(SimulatedRun.Of(3));

        var lane = page.Descendants("div").Single(div => (string?)div.Attribute("class") == "lane marks");
        lane.Descendants("span").Select(span => span.Value).ShouldBe(["Marked by changes", "reset of bay 2", "reset of bay 1", "2 marks"]);
        page.Descendants(Svg + "path").Count(path => (string?)path.Attribute("class") == "moment").ShouldBe(2);
    }

    [Fact]
    public void Crash_and_its_gap_are_told_and_drawn()
    {
        var page = Page(SimulatedRun.Of(4, crashed: true));

        TextOf(Section(page, "first")).ShouldContain("Crash. The process that carried the run ended without a word; its last sign of life is of 01:11:39. The run was taken up again at 01:37:40, 26 min later.");
        page.Descendants(Svg + "rect").Count(rect => (string?)rect.Attribute("class") == "crash").ShouldBe(1);
    }

    [Fact]
    public void Every_loss_has_a_stroke_however_many_samples_share_a_slot()
    {
        var run = SimulatedRun.Of(1, interval: TimeSpan.FromMilliseconds(100));
        var samples = run.Samples.Select((sample, place) => place is 100 or 7777 or 15_000 ? sample with { Answered = false, RoundTripMs = null } : sample with { Answered = true, RoundTripMs = 1, Sent = true }).ToList();

        var page = Page(run.Run, run.Events, samples);

        var strokes = page.Descendants(Svg + "path").Single(path => (string?)path.Attribute("class") == "loss").Attribute("d")!.Value;
        strokes.Count(c => c is 'M' or 'm').ShouldBe(3);
        TextOf(Section(page, "probes")).ShouldContain("100 ms");
    }

    [Theory]
    [InlineData(500, 20)]
    [InlineData(40, 1)]
    public void File_of_many_addresses_stays_small_and_counts_every_loss(int hosts, int stretch)
    {
        var run = SimulatedRun.Of(hosts, breached: true, stretch: stretch, interval: TimeSpan.FromSeconds(stretch));
        long lost = 0;
        var samples = run.Samples.Select((sample, place) =>
        {
            // The worst there is: nothing but short outages, everywhere.
            var worst = place % 7 < 3 ? sample with { Answered = false, RoundTripMs = null } : sample;
            lost += worst is { Sent: true, Answered: false } ? 1 : 0;
            return worst;
        });
        using var file = new MemoryStream();

        RunReport.Write(file, run.Run, run.Events, samples);

        file.Length.ShouldBeLessThan(3_000_000);
        var probes = TextOf(Section(Parse(Encoding.UTF8.GetString(file.ToArray())), "probes"));
        probes.ShouldContain($"All {hosts}");
        probes.ShouldContain(lost.ToString("#,##0", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Thousands_of_changes_and_events_are_cut_with_a_word_and_failures_stay()
    {
        var start = SimulatedRun.Of(1);
        var changes = Enumerable.Range(0, 8000).Select(number => start.Run.Changes[0] with
        {
            Key = new ChangeKey(1, $"virtualmachine:vc1/vm{number}", "cbt"),
            TargetName = $"vm{number}",
            Summary = "enable changed block tracking " + new string('x', 900),
            Status = number == 7999 ? ChangeStatus.Failed : ChangeStatus.Done,
            Detail = number == 7999 ? "the snapshot was not removed" : null,
        }).ToList();
        var events = Enumerable.Range(0, 40_000).Select(number => new RunEvent(number + 1, start.Run.Started.AddSeconds(number / 100), "change-note", 1, $"vm{number / 5}", new string('&', 200))).ToList();
        using var file = new MemoryStream();

        RunReport.Write(file, start.Run with { Changes = changes, Status = RunStatus.Failed }, events, []);

        file.Length.ShouldBeLessThan(3_000_000);
        var page = Parse(Encoding.UTF8.GetString(file.ToArray()));
        TextOf(Section(page, "first")).ShouldContain("the snapshot was not removed");
        TextOf(Section(page, "changes")).ShouldContain("vm7999");
        TextOf(Section(page, "changes")).ShouldContain("more, all done, would make this page too long");
        TextOf(Section(page, "events")).ShouldContain("events left out here");
    }

    [Fact]
    public void Run_of_nothing_is_a_page_all_the_same()
    {
        var run = SimulatedRun.Of(1).Run with { Changes = [], Steps = [], Ended = null, Status = RunStatus.Running, Start = SimulatedRun.Of(1).Run.Start with { PlanJson = "{", PlaybookText = ": not yaml" } };

        var text = TextOf(Page(run, [], []).Root!);

        text.ShouldContain("nothing was to be changed");
        text.ShouldContain("crashed");
        text.ShouldContain("The plan that was approved cannot be read any more.");
    }

    [Fact]
    public void Names_are_ordered_by_the_numbers_in_them() =>
        new[] { "esx10", "esx9", "ESX09b", "esx1 vmk10", "esx1 vmk2", "esx", "10.0.0.10", "10.0.0.9" }.Order(NaturalOrder.Instance)
            .ShouldBe(["10.0.0.9", "10.0.0.10", "esx", "esx1 vmk2", "esx1 vmk10", "esx9", "ESX09b", "esx10"]);

    [Fact]
    public void Any_text_stays_text() =>
        Gen.String[Gen.Char['\0', '\uffff'], 0, 40].Sample(
            hostile =>
            {
                var plain = Hostile("x");
                var page = Hostile(hostile);

                page.Descendants().Select(element => element.Name).ShouldBe(plain.Descendants().Select(element => element.Name));
                page.ToString().Any(c => (char.IsControl(c) && c is not ('\n' or '\t' or '\r')) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')).ShouldBeFalse();
            },
            iter: 30);

    [Fact]
    public void Page_asks_for_nothing_and_runs_nothing()
    {
        var page = Page(SimulatedRun.Of(6, breached: true, crashed: true));

        page.Descendants().Select(element => element.Name.LocalName).Intersect(["script", "link", "img", "iframe", "object", "form", "a"]).ShouldBeEmpty();
        page.Descendants().Attributes().Select(attribute => attribute.Name.LocalName).ShouldNotContain(name => name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || name == "href" || name == "src");
        page.ToString().ShouldNotContain("url(");
    }

    [Fact]
    public void Every_picture_has_a_title_and_a_description_and_every_table_headers()
    {
        var page = Page(SimulatedRun.Of(30, breached: true));

        foreach (var picture in page.Descendants(Svg + "svg").Where(svg => svg.Ancestors().All(element => element.Attribute("aria-hidden") is null)))
        {
            var names = picture.Attribute("aria-labelledby")!.Value.Split(' ');
            names.ShouldBe(picture.Elements().Take(2).Select(element => element.Attribute("id")!.Value));
        }

        page.Descendants().Attributes("id").Select(id => id.Value).ShouldBeUnique();
        foreach (var table in page.Descendants("table"))
            table.Descendants("th").ShouldAllBe(header => header.Attribute("scope") != null);
    }

    private static XDocument Hostile(string text)
    {
        var run = SimulatedRun.Of(2, breached: true, interval: TimeSpan.FromSeconds(60));
        var record = run.Run with
        {
            Reason = "r" + text,
            Start = run.Run.Start with { Playbook = "p" + text, File = "f" + text, StartedBy = "s" + text, Inventory = "i" + text },
            Steps = [.. run.Run.Steps.Select(step => step with { Name = "n" + text, Verb = "v" + text })],
            Changes = [.. run.Run.Changes.Select(change => change with { TargetName = "t" + text, Summary = "s" + text, Before = text, After = text, Detail = "d" + text, Note = "n" + text, Impact = Impact.HostReboot })],
        };
        return Page(
            record,
            [.. run.Events.Select(happened => happened with { Target = happened.Target.Length == 0 || happened.Kind == "guard" ? happened.Target : "t" + text, Text = happened.Kind == "guard" ? happened.Text : "x" + text })],
            run.Samples.Select(sample => sample with { Target = sample.Target + text }));
    }

    private static string Html(SimulatedRun run)
    {
        using var file = new MemoryStream();
        RunReport.Write(file, run.Run, run.Events, run.Samples, new RunReportOptions { Written = run.Run.Ended + TimeSpan.FromMinutes(2) });
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private static XDocument Page(SimulatedRun run) => Page(run.Run, run.Events, run.Samples);

    private static XDocument Page(RunRecord run, IReadOnlyList<RunEvent> events, IEnumerable<GuardSample> samples)
    {
        using var file = new MemoryStream();
        RunReport.Write(file, run, events, samples);
        return Parse(Encoding.UTF8.GetString(file.ToArray()));
    }

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private static XElement Section(XDocument page, string name) => page.Descendants("section").Single(section => (string?)section.Attribute("aria-labelledby") == name);

    private static string TextOf(XElement element) => element.Value;
}
