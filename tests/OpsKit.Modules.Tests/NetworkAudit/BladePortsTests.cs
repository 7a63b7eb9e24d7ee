using OpsKit.Modules.NetworkAudit;

namespace OpsKit.Modules.Tests.NetworkAudit;

public sealed class BladePortsTests
{
    private const string Map = """
        Blade #1 Port Mapping: ProLiant BL620c G7
        	Adapter    Port        Interconnect Bay  Interconnect Port  Device ID
        	---------  ----------  ----------------  -----------------  -----------------
        	LOM 1      LOM1:1-a                   1                 d1  00:17:A4:77:01:00
        	LOM 1      LOM1:2-a                   2                 d1  00-17-A4-77-01-01
        	MEZZ 1     No mezzanine card
        	LOM 1      LOM1:2-b                                     d1  00:17:A4:77:01:02
        Blade #2 Port Mapping: [Absent]

        """;

    [Fact]
    public void Ports_are_found_by_mac_and_a_line_without_a_bay_says_nothing()
    {
        var ports = BladePorts.Read(Map);

        ports.Count.ShouldBe(2);
        ports.AddTo(Hosts.Host(Hosts.Switch(), Hosts.Nic(0), Hosts.Nic(1), Hosts.Nic(2))).Nics.Select(nic => $"{nic.BladePort} {nic.InterconnectBay}").ShouldBe(["LOM1:1-a 1", "LOM1:2-a 2", " "]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Not a valid request while running in standby mode")]
    [InlineData("LOM1:1-a 1 00:17:A4:77:01:00")]
    public void Text_that_is_no_map_says_nothing(string text) => BladePorts.Read(text).Count.ShouldBe(0);
}
