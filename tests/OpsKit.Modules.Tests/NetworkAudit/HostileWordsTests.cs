using System.Globalization;
using System.Text;
using OpsKit.Engine.Reports;
using OpsKit.Modules.NetworkAudit;

namespace OpsKit.Modules.Tests.NetworkAudit;

/// <summary>Names of switches, machines and processes that are meant for terminals, spreadsheets, browsers and Graphviz.</summary>
public sealed class HostileWordsTests
{
    private const string Word = "=cmd|' /C calc'!A0\u001b[2J\u202e\"];x [label=\"<script>alert(1)</script>\\G\n";

    private static readonly HostNetwork Host = Hosts.Host(Hosts.Switch("vmnic0"), Hosts.Nic(0));

    public static TheoryData<string> Reports => [.. Tables().Select(table => table.Name)];

    [Theory]
    [MemberData(nameof(Reports))]
    public void Spreadsheet_reads_them_as_text(string name)
    {
        var text = Written(name, (table, stream) => CsvReportWriter.Write(table, stream));

        text.ShouldContain("'=cmd|");
        text.Split(',', '\n').ShouldNotContain(cell => cell.StartsWith('=') || cell.StartsWith("\"=", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Browser_runs_none_of_them(string name)
    {
        var text = Written(name, (table, stream) => HtmlReportWriter.Write(table, DateTimeOffset.UnixEpoch, stream));

        text.ShouldContain("&lt;script&gt;");
        text.ShouldNotContain("<script");
        text.ShouldNotContain('\u001b');
    }

    [Fact]
    public void Graphviz_sees_one_name_and_nothing_behind_it()
    {
        var text = Written(NeighborReport.Name, DotReportWriter.Write);

        text.ShouldNotContain(letter => (char.IsControl(letter) && letter != '\n') || char.GetUnicodeCategory(letter) == UnicodeCategory.Format);
        text.ShouldContain("\\\"];x [label=\\\"<script>alert(1)</script>\\\\G");
        // Outside of quotes, nothing of the name is left.
        var outside = new StringBuilder();
        for (var (at, quoted) = (0, false); at < text.Length; at++)
        {
            if (quoted && text[at] == '\\')
                at++;
            else if (text[at] == '"')
                quoted = !quoted;
            else if (!quoted)
                outside.Append(text[at]);
        }

        outside.ToString().ShouldNotContain("script");
        outside.ToString().ShouldNotContain("];x");
    }

    private static string Written(string name, Action<ReportTable, Stream> write)
    {
        using var stream = new MemoryStream();
        write(Tables().Single(table => table.Name == name), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IEnumerable<ReportTable> Tables()
    {
        var ports = new HostPorts { Host = "esx01", Address = "10.0.0.1", Product = "esxi", Version = new Version(6, 7), Sockets = [new HostSocket("tcp", "0.0.0.0", 4711, "0.0.0.0", 0, "LISTEN", Word)] };
        yield return NeighborReport.Of(Host, new Dictionary<string, NeighborAnswer> { ["vmnic0"] = new(NeighborOutcome.Heard, Hosts.Cdp(Word, Word)) });
        yield return NicReport.Of(Host, new Dictionary<string, Neighbor> { ["vmnic0"] = Hosts.Cdp(Word, Word) });
        yield return UplinkReport.Of(Host, [new MachineUplink { Machine = Word, Switch = "vSwitch0", Uplink = "vmnic0", PortGroup = Word }], new UplinkImpact(null, null), new Dictionary<string, string>());
        yield return PortReport.Of(ports, PortJudge.Rows(ports, []));
    }
}
