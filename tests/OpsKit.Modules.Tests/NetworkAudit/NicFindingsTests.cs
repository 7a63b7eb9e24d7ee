using OpsKit.Modules.NetworkAudit;

namespace OpsKit.Modules.Tests.NetworkAudit;

public sealed class NicFindingsTests
{
    private static readonly HostSwitch Pair = Hosts.Switch("vmnic0", "vmnic1");

    [Fact]
    public void Redundant_uplinks_have_nothing_to_say() => Of(Hosts.Host(Pair, Hosts.Nic(0), Hosts.Nic(1))).ShouldBe(" | ");

    public static TheoryData<string, HostNetwork> Wrong => new()
    {
        { "uplink down | only uplink of vSwitch0 that is up", Hosts.Host(Pair, Hosts.Nic(0, null), Hosts.Nic(1)) },
        { "single uplink of vSwitch0", Hosts.Host(Hosts.Switch("vmnic0"), Hosts.Nic(0)) },
        { "uplink down; single uplink of vSwitch0", Hosts.Host(Hosts.Switch("vmnic0"), Hosts.Nic(0, null)) },
        { "speed 1000 Mbit/s, another uplink of vSwitch0 10000 Mbit/s | ", Hosts.Host(Pair, Hosts.Nic(0, 1000), Hosts.Nic(1)) },
        { "half duplex | ", Hosts.Host(Pair, Hosts.Nic(0) with { FullDuplex = false }, Hosts.Nic(1)) },
        { "half duplex, configured full | ", Hosts.Host(Pair, Hosts.Nic(0) with { FullDuplex = false, ConfiguredFullDuplex = true }, Hosts.Nic(1)) },
        { "speed 10000 Mbit/s, configured 1000 Mbit/s | ", Hosts.Host(Pair, Hosts.Nic(0) with { ConfiguredSpeedMb = 1000 }, Hosts.Nic(1)) },
        { "all uplinks of vSwitch0 on one card | all uplinks of vSwitch0 on one card", Hosts.Host(Pair, Hosts.Nic(0, pci: "0000:04:00.0"), Hosts.Nic(1, pci: "04:00.1")) },
        { "all uplinks of vSwitch0 on interconnect bay 1 | all uplinks of vSwitch0 on interconnect bay 1", Hosts.Host(Pair, Hosts.Nic(0) with { InterconnectBay = 1 }, Hosts.Nic(1) with { InterconnectBay = 1 }) },
        { "beacon probing on vSwitch0 with 2 uplinks: at least 3 are needed | beacon probing on vSwitch0 with 2 uplinks: at least 3 are needed", Hosts.Host(Pair with { BeaconProbing = true }, Hosts.Nic(0), Hosts.Nic(1)) },
        { "unused, with a link: a cable or a FlexNIC for nothing", Hosts.Host(Hosts.Switch(), Hosts.Nic(0)) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_told_at_the_nic_it_is_wrong_with(string findings, HostNetwork host) => Of(host).ShouldBe(findings);

    [Fact]
    public void Three_uplinks_are_enough_for_beacons_and_an_unused_one_counts()
    {
        var three = Hosts.Switch("vmnic0", "vmnic1") with { BeaconProbing = true, Standby = ["vmnic2"] };

        Of(Hosts.Host(three, Hosts.Nic(0), Hosts.Nic(1), Hosts.Nic(2))).ShouldBe(" |  | ");
    }

    [Fact]
    public void Neighbours_show_what_uplinks_share_and_where_they_differ()
    {
        var host = Hosts.Host(Pair with { Mtu = 9000 }, Hosts.Nic(0), Hosts.Nic(1));
        var neighbors = new Dictionary<string, Neighbor> { ["vmnic0"] = Hosts.Cdp("sw1") with { FullDuplex = false }, ["vmnic1"] = Hosts.Cdp("sw1") with { Mtu = 9216 } };

        NicFindings.Of(host, host.Nics[0], neighbors).ShouldBe(
            ["all uplinks of vSwitch0 on switch sw1", "MTU 9000 on vSwitch0, 1500 on the switch's port", "duplex mismatch: full here, half on the switch's port"]);
        NicFindings.Of(host, host.Nics[1], neighbors).ShouldBe(["all uplinks of vSwitch0 on switch sw1"]);
    }

    [Theory]
    [InlineData("0000:04:00.1", "0000:04:00.1")]
    [InlineData("0000:004:00.1", "0000:04:00.1")]
    [InlineData("04:00.1", "0000:04:00.1")]
    [InlineData("0000:04:00:1", "0000:04:00.1")]
    [InlineData("Pseudo", "Pseudo")]
    [InlineData(null, "")]
    public void Pci_addresses_are_the_same_however_they_are_written(string? written, string plain) => PciAddress.Plain(written).ShouldBe(plain);

    [Fact]
    public void Nics_are_in_the_order_of_their_numbers() =>
        new[] { "vmnic10", "vmnic2", "vusb0", "vmnic1" }.Order(NicOrder.Instance).ShouldBe(["vmnic1", "vmnic2", "vmnic10", "vusb0"]);

    private static string Of(HostNetwork host) => string.Join(" | ", host.Nics.Select(nic => string.Join("; ", NicFindings.Of(host, nic, new Dictionary<string, Neighbor>()))));
}
