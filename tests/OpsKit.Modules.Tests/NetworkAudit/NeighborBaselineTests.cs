using System.Text;
using OpsKit.Connections;
using OpsKit.Engine.Reports;
using OpsKit.Modules.NetworkAudit;

namespace OpsKit.Modules.Tests.NetworkAudit;

public sealed class NeighborBaselineTests
{
    private static readonly HostNetwork Host = Hosts.Host(Hosts.Switch("vmnic0", "vmnic1"), Hosts.Nic(0), Hosts.Nic(1));

    [Theory]
    [InlineData(null, "sw1", "Gi1/0/1", 1)]
    [InlineData("cable moved: was sw9 Gi1/0/1", "sw9", "Gi1/0/1", 1)]
    [InlineData("port changed: was sw1 Gi1/0/7", "sw1", "Gi1/0/7", 1)]
    [InlineData("VLAN changed: was 20", "sw1", "Gi1/0/1", 20)]
    [InlineData("new neighbour: sw1 Gi1/0/1", null, null, null)]
    public void What_moved_is_told(string? change, string? name, string? port, int? vlan) =>
        Baseline(new BaselinePlace("ESX01", "vmnic0", name, port, vlan)).ChangeOf("esx01", "vmnic0", new NeighborAnswer(NeighborOutcome.Heard, Hosts.Cdp("sw1"))).ShouldBe(change);

    [Fact]
    public void Neighbour_that_is_gone_is_told_but_not_where_nobody_could_ask()
    {
        var baseline = Baseline(new BaselinePlace("esx01", "vmnic0", "sw1", "Gi1/0/1", 1));

        baseline.ChangeOf("esx01", "vmnic0", new NeighborAnswer(NeighborOutcome.NoNeighbor)).ShouldBe("neighbour gone: was sw1 Gi1/0/1");
        baseline.ChangeOf("esx01", "vmnic0", new NeighborAnswer(NeighborOutcome.Failed)).ShouldBeNull();
        baseline.ChangeOf("esx01", "vmnic7", new NeighborAnswer(NeighborOutcome.NoData)).ShouldBe("NIC not in the baseline");
        baseline.ChangeOf("esx02", "vmnic0", new NeighborAnswer(NeighborOutcome.NoData)).ShouldBe("host not in the baseline");
    }

    [Fact]
    public void Nic_that_is_gone_has_a_row()
    {
        var baseline = Baseline(new BaselinePlace("esx01", "vmnic0", "sw1", "Gi1/0/1", 1), new BaselinePlace("esx01", "vmnic1", null, null, null), new BaselinePlace("esx01", "vmnic9", "sw2", "Gi9", 1));

        var table = NeighborReport.Of(Host, Answers(), baseline);

        table.Rows.Select(row => $"{row[1]} {row[5]} {row[6]}").ShouldBe(["vmnic0 neighbour ", "vmnic1 no data ", "vmnic9 gone NIC gone; it was on sw2 Gi9"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Report_is_a_baseline_of_itself_with_hostile_names_and_a_dead_host_in_it(bool json)
    {
        var answers = new Dictionary<string, NeighborAnswer>
        {
            ["vmnic0"] = new(NeighborOutcome.Heard, Hosts.Cdp("=cmd|' /C calc'!A0", "a,\"b\"\nc")),
            ["vmnic1"] = new(NeighborOutcome.NoData, Reason: "no link"),
        };
        var table = NeighborReport.Of(Host, answers) with { NotAssessed = [new NotAssessed("esx09", "timed out")] };
        using var file = new MemoryStream();
        if (json)
            JsonReportWriter.Write(table, DateTimeOffset.UnixEpoch, file);
        else
            CsvReportWriter.Write(table, file);

        var baseline = NeighborBaselineReader.Parse(Encoding.UTF8.GetString(file.ToArray()), "last");

        baseline.NicsOf("esx01").ShouldBe(["vmnic0", "vmnic1"]);
        baseline.NicsOf("esx09").ShouldBeEmpty();
        foreach (var (device, answer) in answers)
            baseline.ChangeOf("esx01", device, answer).ShouldBeNull();
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a,b\n", "line 1: there is no column \"VMHost\"; the header is a,b")]
    [InlineData("VMHost,Device,Switch,Port,Vlan\nesx01,,,,\n", "line 2: Device is empty")]
    [InlineData("VMHost,Device,Switch,Port,Vlan\nesx01,vmnic0,,,many\n", "line 2: Vlan is \"many\", expected a number from 1 to 4094 or nothing")]
    [InlineData("VMHost,Device,Switch,Port,Vlan\nesx01,\"vmnic0,,,\n", "line 2: a quote has no end")]
    [InlineData("{\"report\":\"audit-nics\",\"rows\":[]}", "is no report of audit cdp")]
    [InlineData("{\"report\":\"audit-cdp\",\"rows\":[{\"VMHost\":\"esx01\"}]}", "row 1 has no Device")]
    [InlineData("{\"report\":\"audit-cdp\",\"rows\":7}", "is no list of objects")]
    [InlineData("{\"report\":\n\"audit-cdp\"", "is no JSON: line 2")]
    public void File_that_is_no_report_is_refused_with_its_place(string text, string why)
    {
        var refusal = Should.Throw<OpsKitException>(() => NeighborBaselineReader.Parse(text, "last.csv"));

        refusal.Kind.ShouldBe(FailureKind.Usage);
        refusal.Target.ShouldBe("last.csv");
        refusal.What.ShouldContain(why);
    }

    private static Dictionary<string, NeighborAnswer> Answers() => new()
    {
        ["vmnic0"] = new(NeighborOutcome.Heard, Hosts.Cdp("sw1")),
        ["vmnic1"] = new(NeighborOutcome.NoData, Reason: "no link"),
    };

    private static NeighborBaseline Baseline(params BaselinePlace[] places) => new(places);
}
