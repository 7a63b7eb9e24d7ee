using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Modules.NetworkAudit;

namespace OpsKit.Modules.Tests.NetworkAudit;

public sealed class ShellPortsTests
{
    private static readonly HostPorts Old = new() { Host = "esx01", Address = "10.0.0.1", Product = "esxi", Version = new Version(4, 1, 0) };
    private static readonly HostPorts New = Old with { Version = new Version(8, 0, 2) };

    [Fact]
    public void Table_of_4_1_is_read()
    {
        const string Text = """
            Proto  Recv-Q  Send-Q  Local Address    Foreign Address  State      World ID
            -----  ------  ------  ---------------  ---------------  ---------  --------
            tcp         0       0  0.0.0.0:902      0.0.0.0:0        LISTEN         2637
            tcp         0       0  10.0.0.1:443     10.0.0.9:40357   TIME_WAIT         0
            udp         0       0  0.0.0.0:427      0.0.0.0:0                       2700

            """;

        var host = ShellPorts.Read(Old, [Answer(Old, 0, Text)]);

        host.Firewall.ShouldBeNull();
        host.Sockets.ShouldBe(
        [
            new HostSocket("tcp", "0.0.0.0", 902, "0.0.0.0", 0, "LISTEN", null), new HostSocket("tcp", "10.0.0.1", 443, "10.0.0.9", 40357, "TIME WAIT", null),
            new HostSocket("udp", "0.0.0.0", 427, "0.0.0.0", 0, "", null),
        ]);
        host.Sockets!.Select(socket => (socket.Listens, socket.IsInUse)).ShouldBe([(true, false), (false, false), (true, false)]);
    }

    [Fact]
    public void Xml_is_joined_with_rules_and_addresses_and_a_stack_that_is_not_there_is_no_error()
    {
        var host = ShellPorts.Read(New, Answers());

        host.Sockets.ShouldBe([new HostSocket("tcp", "fe80::1%vmk0", 443, "::", 0, "LISTEN", "envoy"), new HostSocket("tcp", "10.5.0.1", 8000, "0.0.0.0", 0, "LISTEN", "vmkernel")]);
        host.Firewall!.Enabled.ShouldBeTrue();
        host.Firewall.Drops.ShouldBeTrue();
        host.Firewall.Openings.Select(opening => $"{opening.Ruleset} {opening.Protocol} {opening.First}-{opening.Last} {opening.ToAll} {string.Join(' ', opening.Addresses)}")
            .ShouldBe(["sshServer tcp 22-22 True ", "nfs tcp 2049-2050 False 10.0.0.0/8 192.168.0.1"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Answer_that_is_cut_off_is_an_error_wherever_it_is_cut(int place)
    {
        var answers = Answers();
        answers[place] = answers[place] with { Output = answers[place].Output[..(answers[place].Output.Length / 2)] };

        Should.Throw<OpsKitException>(() => ShellPorts.Read(New, answers)).Kind.ShouldBe(FailureKind.Failed);
    }

    [Fact]
    public void Enabled_rule_set_without_its_addresses_or_rules_is_odd()
    {
        var answers = Answers();
        answers[4] = answers[4] with { Output = Xml(Structure("AllowedIP", ("Ruleset", "sshServer"), ("AllowedIPAddresses", "All"))) };
        Should.Throw<OpsKitException>(() => ShellPorts.Read(New, answers)).What.ShouldContain("the allowed addresses of the rule set nfs are missing");

        answers = Answers();
        answers[3] = answers[3] with { Output = Xml(Rule("nfs", "Inbound", 2049, 2050)) };
        Should.Throw<OpsKitException>(() => ShellPorts.Read(New, answers)).What.ShouldContain("the rules of the rule set sshServer are missing");
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.1:http")]
    [InlineData("10.0.0.1:70000")]
    public void Address_without_a_port_is_an_error(string address)
    {
        var answers = Answers();
        answers[0] = answers[0] with { Output = Xml(Socket("tcp", address, "0.0.0.0:0", "LISTEN", "x")) };

        Should.Throw<OpsKitException>(() => ShellPorts.Read(New, answers)).What.ShouldContain($"\"{address}\" is no address with a port");
    }

    private static ReadingResult[] Answers() =>
    [
        Answer(New, 0, Xml(Socket("tcp", "fe80::1%vmk0:443", ":::0", "LISTEN", "envoy"))),
        Answer(New, 1, $"<?xml version=\"1.0\"?><output><root>{Structure("Firewall", ("DefaultAction", "DROP"), ("Enabled", "true"), ("Loaded", "true"))}</root></output>\n"),
        Answer(New, 2, Xml(Structure("R", ("Name", "sshServer"), ("Enabled", "true")) + Structure("R", ("Name", "nfs"), ("Enabled", "true")) + Structure("R", ("Name", "off"), ("Enabled", "false")))),
        Answer(New, 3, Xml(Rule("sshServer", "Inbound", 22, 22) + Rule("sshServer", "Outbound", 1, 9) + Rule("nfs", "Inbound", 2049, 2050) + Rule("off", "Inbound", 5, 5))),
        Answer(New, 4, Xml(
            Structure("A", ("Ruleset", "sshServer"), ("AllowedIPAddresses", "All"))
            + "<structure typeName=\"A\"><field name=\"Ruleset\"><string>nfs</string></field><field name=\"AllowedIPAddresses\"><list type=\"string\"><string>10.0.0.0/8</string><string>192.168.0.1</string></list></field></structure>")),
        Answer(New, 5, Xml(Socket("tcp", "10.5.0.1:8000", "0.0.0.0:0", "LISTEN", "vmkernel"))),
        Answer(New, 6, "Unable to find the network stack instance vSphereProvisioning\n", 1),
    ];

    private static ReadingResult Answer(HostPorts host, int place, string output, int status = 0) => new(ShellPorts.Commands(host.Version)[place], status, output);

    private static string Xml(string structures) => $"<?xml version=\"1.0\"?><output><root><list type=\"structure\">{structures}</list></root></output>\n";

    private static string Socket(string protocol, string local, string foreign, string state, string process) =>
        Structure("IpConnection", ("Proto", protocol), ("RecvQ", "0"), ("LocalAddress", local), ("ForeignAddress", foreign), ("State", state), ("WorldID", "1"), ("WorldName", process));

    private static string Rule(string ruleset, string direction, int first, int last) => Structure(
        "Rule", ("Ruleset", ruleset), ("Direction", direction), ("Protocol", "TCP"), ("PortType", "Dst"),
        ("PortBegin", first.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("PortEnd", last.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static string Structure(string name, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var text = $"<structure typeName=\"{name}\">";
        foreach (var (field, value) in fields)
            text += $"<field name=\"{field}\"><string>{value}</string></field>";
        return text + "</structure>";
    }
}
