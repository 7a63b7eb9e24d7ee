using System.Text;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Runs.Report;
using OpsKit.Engine.Tests.Runs.Report;
using Column = OpsKit.Engine.Reports.Column<int>;

namespace OpsKit.PeerTests.Reports;

/// <summary>What a real browser makes of reports.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    /// <summary>Contrast of every text with what is behind it, by WCAG's formula; what is too faint.</summary>
    private const string Faint = """
        (() => {
          const parse = c => (c.match(/[\d.]+/g) || []).map(Number);
          const light = ([r, g, b]) => { const f = v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }; return .2126 * f(r) + .7152 * f(g) + .0722 * f(b) };
          const back = parse(getComputedStyle(document.body).backgroundColor);
          const faint = [];
          for (const e of document.querySelectorAll('main *')) {
            if (e.closest('svg') || ![...e.childNodes].some(n => n.nodeType === 3 && n.nodeValue.trim())) continue;
            const a = light(parse(getComputedStyle(e).color)), b = light(back);
            const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
            if (ratio < 4.5) faint.push(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
          }
          return [...new Set(faint)].join('\n');
        })()
        """;

    /// <summary>Texts of drawings that lie in no box, or run out of theirs; remarks stand beside boxes.</summary>
    private const string OutOfBox = """
        [...document.querySelectorAll('svg.net')].flatMap(svg => {
          const boxes = [...svg.querySelectorAll('rect.b')].map(box => box.getBBox());
          return [...svg.querySelectorAll('text:not(.r)')].filter(text => {
            const t = text.getBBox();
            return !boxes.some(b => t.x >= b.x && t.x + t.width <= b.x + b.width + 1 && t.y >= b.y - 1 && t.y + t.height <= b.y + b.height + 3);
          }).map(text => text.textContent);
        }).slice(0, 5).join('\n')
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-pages-").FullName;
    private Chromium _browser = null!;

    public async ValueTask InitializeAsync() => _browser = await Chromium.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(10, true)]
    [InlineData(500, true)]
    public async Task Run_fits_the_screen_in_both_colour_schemes_and_asks_for_nothing(int hosts, bool trouble)
    {
        var run = SimulatedRun.Of(hosts, breached: trouble, crashed: trouble, interval: TimeSpan.FromSeconds(5));
        await ExamineAsync(Write(stream => RunReport.Write(stream, run.Run, run.Events, run.Samples)));

        (await ValueAsync("document.querySelectorAll('svg title').length")).ShouldBeGreaterThan(hosts);
        (await ValueAsync("document.querySelectorAll('.ping').length")).ShouldBe(hosts);
    }

    [Fact]
    public async Task Lanes_of_changes_and_probes_stand_under_the_same_axis()
    {
        var run = SimulatedRun.Of(3);
        await _browser.OpenAsync(Write(stream => RunReport.Write(stream, run.Run, run.Events, run.Samples)), 1280, "light", TestContext.Current.CancellationToken);

        (await TextAsync("[...new Set([...document.querySelectorAll('.plot .strip, .under svg')].map(e => { const r = e.getBoundingClientRect(); return Math.round(r.left) + '-' + Math.round(r.right) }))].join()"))
            .ShouldMatch(@"^\d+-\d+\z");
    }

    [Fact]
    public async Task Report_with_many_columns_and_long_words_scrolls_by_itself_and_not_with_the_page()
    {
        var table = ReportTable.From(
            "wide",
            Enumerable.Range(0, 40),
            [.. Enumerable.Range(0, 30).Select(number => Column.Text($"AColumnWithALongName{number}", row => $"{row}: {new string('x', 60)}"))]);
        await ExamineAsync(Write(stream => HtmlReportWriter.Write(table, DateTimeOffset.UnixEpoch, stream)));
    }

    /// <summary>Hosts, NICs and switches with names of any length, hostile ones among them: nothing runs out of its box, nothing is run.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(500)]
    public async Task Drawing_of_hosts_and_switches_keeps_its_words_in_their_boxes(int hosts)
    {
        var links = Enumerable.Range(0, hosts).SelectMany(host => Enumerable.Range(0, 6).Select(nic => new DrawnLink(
            host == 3 ? "<script>document.title='run'</script>\u202e a host whose name is longer than any box" : $"esx{host:000}.dc{host / 100}.example.com", $"vmnic{nic}")
        {
            Label = nic < 4 ? "10 Gb" : "down",
            IsDown = nic > 3,
            Far = nic > 3 ? null : nic == 2 && host % 7 == 0 ? "\"><img src=x onerror=alert(1)> a switch with much to say of itself" : $"sw-rack{host / 20:00}-{"ab"[nic % 2]}",
            FarPort = nic > 3 ? null : $"TenGigabitEthernet1/0/{(host % 20 * 2) + (nic / 2)}",
            Remark = host == 1 && nic == 0 ? "cable moved: was sw-rack00-b TenGigabitEthernet1/0/48" : null,
        })).ToList();
        var table = ReportTable.From("cables", Enumerable.Range(0, hosts), Column.Text("VMHost", row => $"esx{row}")) with { Drawing = new ReportDrawing(links) };

        await ExamineAsync(Write(stream => HtmlReportWriter.Write(table, DateTimeOffset.UnixEpoch, stream)));

        await _browser.OpenAsync(Write(stream => HtmlReportWriter.Write(table, DateTimeOffset.UnixEpoch, stream)), 1280, "light", TestContext.Current.CancellationToken);
        (await ValueAsync("document.querySelectorAll('svg.net path').length")).ShouldBe(hosts * 4);
        (await ValueAsync("[...document.querySelectorAll('svg.net')].reduce((sum, svg) => sum + [...svg.querySelectorAll('rect.b')].filter(box => [...svg.querySelectorAll('rect.b')].some(other => other !== box && other.x.baseVal.value === box.x.baseVal.value && other.y.baseVal.value < box.y.baseVal.value + box.height.baseVal.value && box.y.baseVal.value < other.y.baseVal.value + other.height.baseVal.value)).length, 0)")).ShouldBe(0, "boxes lie over each other");
        (await TextAsync(OutOfBox)).ShouldBeEmpty();
        (await TextAsync("document.title")).ShouldNotBe("run");
        (await ValueAsync("document.querySelectorAll('img').length")).ShouldBe(0);
    }

    [Fact]
    public async Task Run_is_printed_without_losing_its_table()
    {
        var run = SimulatedRun.Of(10, breached: true);
        await _browser.OpenAsync(Write(stream => RunReport.Write(stream, run.Run, run.Events, run.Samples)), 1280, "dark", TestContext.Current.CancellationToken);

        var pdf = await _browser.PrintAsync(TestContext.Current.CancellationToken);

        Encoding.Latin1.GetString(pdf, 0, 5).ShouldBe("%PDF-");
        pdf.Length.ShouldBeGreaterThan(20_000);
    }

    private async Task ExamineAsync(string file)
    {
        foreach (var width in new[] { 1280, 390 })
        {
            foreach (var scheme in new[] { "light", "dark" })
            {
                await _browser.OpenAsync(file, width, scheme, TestContext.Current.CancellationToken);
                var seen = $"at {width} px, {scheme}";
                (await ValueAsync("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, seen);
                (await TextAsync("getComputedStyle(document.body).backgroundColor")).ShouldBe(scheme == "dark" ? "rgb(14, 17, 22)" : "rgb(255, 255, 255)", seen);
                (await TextAsync(Faint)).ShouldBeEmpty(seen);
                (await ValueAsync("document.scripts.length")).ShouldBe(0);
                _browser.Requests.ShouldBe([new Uri(file).AbsoluteUri], seen);
            }
        }
    }

    private string Write(Action<Stream> write)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.html");
        using var file = File.Create(path);
        write(file);
        return path;
    }

    private async Task<int> ValueAsync(string expression) => (await _browser.ValueAsync(expression, TestContext.Current.CancellationToken))!.GetValue<int>();

    private async Task<string> TextAsync(string expression) => (await _browser.ValueAsync(expression, TestContext.Current.CancellationToken))!.GetValue<string>();
}
