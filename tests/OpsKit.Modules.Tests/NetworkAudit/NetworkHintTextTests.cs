using OpsKit.Connections;
using OpsKit.Modules.NetworkAudit;

namespace OpsKit.Modules.Tests.NetworkAudit;

public sealed class NetworkHintTextTests
{
    private const string Old = """
        (vim.host.PhysicalNic.NetworkHint) [
           (vim.host.PhysicalNic.NetworkHint) {
              dynamicType = <unset>,
              device = "vmnic0",
              subnet = <unset>,
              network = <unset>,
              connectedSwitchPort = (vim.host.PhysicalNic.CdpInfo) {
                 dynamicType = <unset>,
                 cdpVersion = 2,
                 timeout = 0,
                 ttl = 129,
                 samples = 75216,
                 devId = "colo-057",
                 address = "10.112.24.57",
                 portId = "GigabitEthernet0/15",
                 deviceCapability = (vim.host.PhysicalNic.CdpDeviceCapability) {
                    dynamicType = <unset>,
                    router = false,
                    networkSwitch = true,
                 },
                 softwareVersion = "Cisco IOS Software, C2960 Software
        Technical Support: "http://www.cisco.com/techsupport"
        Copyright (c) 1986-2010",
                 hardwarePlatform = "cisco WS-C2960G-24TC-L",
                 ipPrefix = "0.0.0.0",
                 ipPrefixLen = 0,
                 vlan = 243,
                 fullDuplex = true,
                 mtu = 0,
                 systemName = "",
                 systemOID = "",
                 mgmtAddr = "10.112.24.57",
                 location = "",
              },
           },
        ]

        """;

    private const string New = """
        (vim.host.PhysicalNic.NetworkHint) [
           (vim.host.PhysicalNic.NetworkHint) {
              device = "vmnic2",
              subnet = (vim.host.PhysicalNic.NetworkHint.IpNetwork) [
                 (vim.host.PhysicalNic.NetworkHint.IpNetwork) {
                    vlanId = 110,
                    ipSubnet = "10.0.0.1-10.0.0.254"
                 }
              ],
              connectedSwitchPort = null,
              lldpInfo = (vim.host.PhysicalNic.LinkLayerDiscoveryProtocolInfo) {
                 chassisId = "00:17:a4:77:00:02",
                 portId = "d1:v1-a",
                 timeToLive = 107,
                 parameter = (vmodl.KeyAnyValue) [
                    (vmodl.KeyAnyValue) {
                       key = "MTU",
                       value = "9000"
                    },
                    (vmodl.KeyAnyValue) {
                       key = "Vlan ID",
                       value = "0"
                    },
                    (vmodl.KeyAnyValue) {
                       key = "System Name",
                       value = "vcd1-bay1"
                    }
                 ]
              }
           }
        ]

        """;

    [Fact]
    public void Cdp_of_an_old_host_is_read_and_a_text_may_span_lines_with_quotes_in_it()
    {
        var neighbor = NetworkHintText.Read(Old).ShouldNotBeNull();

        neighbor.ShouldBe(new Neighbor
        {
            Protocol = "CDP", Switch = "colo-057", Port = "GigabitEthernet0/15", Vlan = 243, Platform = "cisco WS-C2960G-24TC-L", ManagementAddress = "10.112.24.57", FullDuplex = true,
            Software = "Cisco IOS Software, C2960 Software\nTechnical Support: \"http://www.cisco.com/techsupport\"\nCopyright (c) 1986-2010",
        });
    }

    [Fact]
    public void Lldp_of_a_new_host_is_read() => NetworkHintText.Read(New).ShouldBe(new Neighbor { Protocol = "LLDP", Switch = "vcd1-bay1", Port = "d1:v1-a", Mtu = 9000 });

    [Theory]
    [InlineData("(vim.host.PhysicalNic.NetworkHint) [\n   (vim.host.PhysicalNic.NetworkHint) {\n      device = \"vmnic1\",\n      connectedSwitchPort = <unset>,\n   },\n]\n")]
    [InlineData("(vim.host.PhysicalNic.NetworkHint) []\n")]
    [InlineData("<unset>\n")]
    public void Nobody_heard_is_nobody(string text) => NetworkHintText.Read(text).ShouldBeNull();

    [Fact]
    public void Every_beginning_of_a_dump_is_refused_but_its_end()
    {
        var whole = Old.TrimEnd();
        for (var length = 1; length < whole.Length; length += 5)
            Should.Throw<OpsKitException>(() => NetworkHintText.Read(whole[..length]), $"{length}").What.ShouldContain("cannot be read");
    }

    [Fact]
    public void Endless_nesting_ends_in_an_error() =>
        Should.Throw<OpsKitException>(() => NetworkHintText.Read(string.Concat(Enumerable.Repeat("(a) [", 100_000)))).What.ShouldContain("nested too deeply");
}
