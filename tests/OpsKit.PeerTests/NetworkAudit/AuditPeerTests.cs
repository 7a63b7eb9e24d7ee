using System.Text.Json.Nodes;
using OpsKit.PeerTests.Console;
using OpsKit.PeerTests.VcSim;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.NetworkAudit;

/// <summary>NICs and firewalls of a vCenter that we did not write.</summary>
public sealed class AuditPeerTests(SharedVcSim simulator) : IClassFixture<SharedVcSim>, IDisposable
{
    private readonly OpskitProgram _opskit = new();

    public void Dispose() => _opskit.Dispose();

    [Fact]
    public async Task Every_nic_of_the_simulator_is_reported()
    {
        var run = await RunAsync("audit", "nics", "--output", "json");

        run.ExitCode.ShouldBe(0, run.Error);
        var rows = Rows(run);
        rows.Select(row => Text(row, "VMHost")).Distinct().Order(StringComparer.Ordinal).ShouldBe(["DC0_C0_H0", "DC0_C0_H1", "DC0_C0_H2", "DC0_H0"]);
        foreach (var host in rows.GroupBy(row => Text(row, "VMHost")))
            host.Select(row => Text(row, "Device")).ShouldContain("vmnic0");
        rows.ShouldAllBe(row => Text(row, "Mac").Length == 17);
        rows.Where(row => Text(row, "Device") == "vmnic0").ShouldAllBe(row => Text(row, "VirtualSwitch") == "vSwitch0" && Text(row, "Role") == "active" && Text(row, "Findings").Contains("single uplink of vSwitch0", StringComparison.Ordinal));
    }

    /// <summary>The inventory has no shells of these hosts: what is let in is told, what listens is not assessed.</summary>
    [Fact]
    public async Task Firewall_of_the_simulator_is_joined_and_missing_listeners_are_not_assessed()
    {
        var run = await RunAsync("audit", "ports", "DC0_H0", "--reach", "false", "--output", "json");

        run.ExitCode.ShouldBe(6, run.Error);
        var report = JsonNode.Parse(run.Out)!;
        report["notAssessed"]!.AsArray().ShouldHaveSingleItem()!["target"]!.GetValue<string>().ShouldBe("DC0_H0 (listeners)");
        var ssh = Rows(run).Single(row => Text(row, "Port") == "22");
        Text(ssh, "AllowedIP").ShouldBe("all");
        Text(ssh, "Rulesets").ShouldBe("sshServer");
        Text(ssh, "Verdict").ShouldBe("documented, listeners not read");
        Rows(run).ShouldAllBe(row => Text(row, "Listening") == "not read");
        (await RunAsync("audit", "ports", "DC0_H0", "--reach", "false", "--firewall-request", "--output", "csv")).Out.Trim().Split('\n').Length.ShouldBe(2, "the header and what is not assessed");
    }

    [Fact]
    public async Task Neighbours_the_simulator_knows_nothing_of_are_told_apart_from_none()
    {
        var run = await RunAsync("audit", "cdp", "--output", "json");

        run.ExitCode.ShouldBeOneOf(0, 6);
        Rows(run).Select(row => Text(row, "Status")).ShouldAllBe(status => status == "no neighbour" || status == "no data" || status == "not asked" || status == "neighbour");
        Rows(run).Where(row => Text(row, "Status") != "neighbour").ShouldAllBe(row => Text(row, "Reason").Length > 0);
    }

    private static string Text(JsonNode row, string column) => row[column]?.ToString() ?? "";

    private static List<JsonNode> Rows(ProgramRun run) => [.. JsonNode.Parse(run.Out)!["rows"]!.AsArray().OfType<JsonNode>()];

    private Task<ProgramRun> RunAsync(params string[] arguments) =>
        _opskit.RunAsync(simulator.Server.Password, [.. arguments, .. OpskitProgram.At(simulator.Server)]);
}
