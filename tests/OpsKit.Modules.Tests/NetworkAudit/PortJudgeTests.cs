using OpsKit.Engine.Reports;
using OpsKit.Modules.NetworkAudit;

namespace OpsKit.Modules.Tests.NetworkAudit;

public sealed class PortJudgeTests
{
    private static readonly IReadOnlyList<DocumentedPorts> Lists =
    [
        new("esxi", "test", [Documented(443), Documented(902), Documented(903), Documented(5900, 5964), new("udp", 161, 161, "SNMP", null, "KB"), Documented(9080) with { Since = new Version(6, 0) }]),
        new("esx", "test", [Documented(1)]),
    ];

    private static readonly HostPorts Host = new()
    {
        Host = "esx01", Address = "10.0.0.1", Product = "esxi", Version = new Version(5, 0, 0),
        Firewall = new HostFirewall { Openings = [Opening("vSphereClient", 443), Opening("vSphereClient", 902), Opening("serial", 1024, 65535) with { ToAll = false, Addresses = ["10.1.0.0/16"] }, Opening("CIM", 5989)] },
        Sockets = [Listener(443, "hostd"), Listener(902, "busybox"), Listener(8307, "hostd", "127.0.0.1"), Listener(4711, "backdoor")],
    };

    [Fact]
    public void Ports_are_the_union_of_all_that_speaks_of_them_each_with_its_verdict() => Verdicts(Host).ShouldBe(
    [
        "udp 161: documented, nothing listens",
        "tcp 443: as documented; open to all",
        "tcp 902: as documented; open to all",
        "tcp 903: documented, nothing listens",
        "tcp 4711: listening, undocumented",
        "tcp 5900-5964: documented, nothing listens; allowed, nothing behind it",
        "tcp 5989: allowed, nothing behind it",
        "tcp 8307: local only",
    ]);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("[::1]", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1%vmk0", false)]
    [InlineData("10.0.0.1", false)]
    public void Listener_is_local_by_its_address(string address, bool local) => Listener(4711, "x", address).IsLocal.ShouldBe(local);

    [Fact]
    public void Range_of_a_rule_set_without_anything_in_it_is_a_row_of_its_own()
    {
        var host = Host with { Sockets = [], Firewall = new HostFirewall { Openings = [Opening("gdb", 1000, 2000)] } };

        Verdicts(host).ShouldContain("tcp 1000-2000: allowed, nothing behind it");
    }

    [Fact]
    public void Listener_within_a_documented_range_stands_for_it()
    {
        var rows = PortJudge.Rows(Host with { Sockets = [Listener(5901, "vmx")] }, Lists);

        rows.ShouldNotContain(row => row.Port == "5900-5964");
        rows.Single(row => row.First == 5901).Documented!.First.ShouldBe(5900);
    }

    [Theory]
    [InlineData("open", 443, "as documented; open to all")]
    [InlineData("no answer", 443, "as documented; open to all; not reachable from here")]
    [InlineData("open", 903, "documented, nothing listens; answers, though nothing listens")]
    [InlineData("refused", 903, "documented, nothing listens")]
    [InlineData("no answer", 4711, "listening, undocumented")]
    public void What_was_tried_is_held_against_what_was_read(string reached, int port, string verdict) =>
        PortJudge.Verdict(PortJudge.Rows(Host, Lists).Single(row => row.First == port && row.Protocol == "tcp") with { Reachable = reached }).ShouldBe(verdict);

    [Fact]
    public void Enabled_rule_limited_to_addresses_is_not_open()
    {
        var row = PortJudge.Rows(Host, Lists).Single(row => row.First == 4711);

        row.IsOpenToAll.ShouldBeFalse();
        row.IsAllowed.ShouldBe(true);
        Cell(PortReport.Of(Host, [row]), "AllowedIP").ShouldBe("10.1.0.0/16");
    }

    [Fact]
    public void Listener_that_no_rule_lets_in_is_blocked() =>
        Verdicts(Host with { Firewall = new HostFirewall() }).ShouldContain("tcp 443: as documented; blocked by the firewall");

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Firewall_that_is_off_or_passes_what_no_rule_names_is_open_to_all(bool enabled, bool drops) =>
        Verdicts(Host with { Firewall = new HostFirewall { Enabled = enabled, Drops = drops } }).ShouldContain("tcp 4711: listening, undocumented; open to all");

    [Fact]
    public void Version_without_a_firewall_is_open_to_all()
    {
        var old = Host with { Version = new Version(4, 1, 0), Firewall = null };

        Verdicts(old).ShouldContain("tcp 902: as documented; open to all");
        Cell(PortReport.Of(old, [.. PortJudge.Rows(old, Lists).Where(row => row.First == 902)]), "AllowedIP").ShouldBe("all (no firewall)");
    }

    [Fact]
    public void Listeners_that_were_not_read_are_not_taken_for_none()
    {
        var host = Host with { Sockets = null, SocketsMissing = "timed out" };

        Verdicts(host).ShouldContain("tcp 903: documented, listeners not read");
        Verdicts(host).ShouldContain("tcp 5989: allowed, listeners not read");
        var table = PortReport.Of(host, PortJudge.Rows(host, Lists));
        table.NotAssessed.ShouldBe([new NotAssessed("esx01 (listeners)", "timed out")]);
        FirewallRequest.Of(host, PortJudge.Rows(host, Lists), DateTimeOffset.UnixEpoch).Rows.ShouldBeEmpty();
    }

    [Fact]
    public void Documentation_is_that_of_the_product_and_version()
    {
        Verdicts(Host).ShouldNotContain(verdict => verdict.StartsWith("tcp 9080", StringComparison.Ordinal));
        Verdicts(Host with { Version = new Version(6, 0, 0) }).ShouldContain("tcp 9080: documented, nothing listens; allowed, nothing behind it");
        Verdicts(Host with { Product = "esx" }).ShouldContain("tcp 1: documented, nothing listens");
    }

    [Theory]
    [InlineData("5.0", "5.5", "5.0.0", true)]
    [InlineData("5.0", "5.5", "5.5.3", true)]
    [InlineData("5.0", "5.5", "6.0.0", false)]
    [InlineData("5.0", "5.5", "4.1.0", false)]
    [InlineData("8.0.2", "8.0.2", "8.0.2", true)]
    [InlineData("8.0.2", "8.0.2", "8.0.1", false)]
    public void Limits_of_versions_cover_what_stands_behind_their_last_point(string since, string until, string version, bool covered) =>
        (Documented(1) with { Since = Version.Parse(since), Until = Version.Parse(until) }).IsFor(Version.Parse(version)).ShouldBe(covered);

    [Fact]
    public void Firewall_request_asks_for_what_was_seen_alone_and_says_what_it_leaves_out()
    {
        var host = Host with
        {
            Sockets =
            [
                .. Host.Sockets!, new("tcp", "10.0.0.1", 443, "10.9.9.9", 50001, "ESTABLISHED", "hostd"), new("udp", "10.0.0.1", 50333, "10.9.9.9", 902, "", "vpxa"),
                new("tcp", "10.0.0.1", 443, "10.9.9.8", 50002, "TIME WAIT", null), new("tcp", "127.0.0.1", 50444, "127.0.0.1", 8307, "ESTABLISHED", "vpxa"),
            ],
        };

        var request = FirewallRequest.Of(host, PortJudge.Rows(host, Lists), DateTimeOffset.UnixEpoch);

        request.Rows.Select(row => $"{row[0]} [{row[1]}] > {row[3]} {row[4]}/{row[5]}: {row[7]}").ShouldBe(
        [
            "vCenter [10.9.9.9] > 10.0.0.1 tcp/443: hostd listens; 1 connection in use",
            "vCenter [] > 10.0.0.1 tcp/902: busybox listens",
            "esx01 [10.0.0.1] > 10.9.9.9 udp/902: vpxa; 1 connection in use",
        ]);
        request.Notes.ShouldContain("Left out: tcp 903 (p903; KB): nothing listens on it.");
    }

    private static List<string> Verdicts(HostPorts host) => [.. PortJudge.Rows(host, Lists).Select(row => $"{row.Protocol} {row.Port}: {PortJudge.Verdict(row)}")];

    private static object? Cell(ReportTable table, string column) => table.Rows.ShouldHaveSingleItem()[table.Columns.Select(one => one.Name).ToList().IndexOf(column)];

    private static DocumentedPort Documented(int first, int? last = null) => new("tcp", first, last ?? first, $"p{first}", "vCenter", "KB");

    private static FirewallOpening Opening(string ruleset, int first, int? last = null) => new(ruleset, "tcp", first, last ?? first, true, []);

    private static HostSocket Listener(int port, string process, string address = "0.0.0.0") => new("tcp", address, port, "0.0.0.0", 0, "LISTEN", process);
}
