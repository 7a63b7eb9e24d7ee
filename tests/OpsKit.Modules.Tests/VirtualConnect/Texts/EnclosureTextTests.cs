using System.Text;
using OpsKit.Connections;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Texts;
using OpsKit.TestKit;

namespace OpsKit.Modules.Tests.VirtualConnect.Texts;

public sealed class EnclosureTextTests
{
    [Theory]
    [InlineData("old")]
    [InlineData("new")]
    public void Modules_are_read_from_both_generations_of_firmware(string generation)
    {
        var modules = InterconnectTexts.Modules(Fixture.Read($"interconnect-status-{generation}.txt"), Fixture.Read($"interconnect-info-{generation}.txt"), "ALL");
        Golden.ShouldMatch(
            string.Concat(modules.Select(pair => pair.Value is { } module
                ? $"{module.Bay}: {module.Type} | {module.Product} | {module.Health} {module.Power} | firmware {module.Firmware ?? "-"} | {module.Address ?? "-"} | {module.Serial} | {module.AssignedName ?? "-"} | {string.Join(", ", module.Faults)} | VC {module.IsVirtualConnect}, healthy {module.IsHealthy}\n"
                : $"{pair.Key}: empty\n")),
            $"modules-{generation}.txt");
    }

    [Fact]
    public void Management_addresses_are_the_last_column_whatever_the_type_is_called() =>
        InterconnectTexts.Addresses(Fixture.Read("interconnect-list.txt")).Select(pair => $"{pair.Key} {pair.Value}")
            .ShouldBe(["1 198.51.100.11", "3 198.51.100.23", "10 198.51.100.24"]);

    [Fact]
    public void A_pair_of_Onboard_Administrators_is_read_with_roles_firmware_and_its_mismatch()
    {
        var states = OaTexts.Status(Fixture.Read("oa-status.txt"), "SHOW OA STATUS ALL");
        var versions = OaTexts.Firmware(Fixture.Read("oa-info.txt"), "SHOW OA INFO ALL");
        states.Select(oa => $"{oa.Bay} {oa.Name} {oa.Role} {oa.Status} mismatch {oa.FirmwareMismatch} {versions[oa.Bay]} {oa.IsActive}").ShouldBe(
        [
            "1 OA-0200C0FFEE01 Standby OK mismatch Failed 4.70 Oct 11 2016 False",
            "2 rack7-oa2 Active Degraded mismatch OK 4.80 Dec 13 2017 True",
        ]);
    }

    [Fact]
    public void Virtual_Connect_Manager_is_at_the_first_address_that_is_one() =>
        VcModeText.Read(Fixture.Read("vcmode.txt")).ShouldBe(new VirtualConnectMode(true, "vcd-rack7", "198.51.100.11"));

    [Fact]
    public void Blades_are_read_with_their_ports_and_iLOs()
    {
        var blades = ServerTexts.Blades(Fixture.Read("server-info.txt"), Fixture.Read("server-status.txt"));
        var text = new StringBuilder();
        foreach (var blade in blades)
        {
            text.Append($"{blade.Bay}: {blade.Product} {blade.Serial} {blade.Uuid ?? "-"} {blade.ServerName ?? "-"} {blade.Power} {blade.Health} ilo {blade.IloAddress ?? "-"} {blade.IloFirmware}\n");
            text.Append(string.Concat(blade.Nics.Select(nic => $"   {nic.Port} {nic.Mac}\n")));
        }

        Golden.ShouldMatch(text.ToString(), "blades.txt");
    }

    [Fact]
    public void Port_maps_say_the_same_whichever_source_tells()
    {
        string[] expected = ["1 > 1 00:17:a4:77:5c:00", "1 > 2 00:17:a4:77:5c:02"];
        Told(PortMapTexts.OfServers(Fixture.Read("server-port-map.txt"))).ShouldBe(expected);
        Told(PortMapTexts.OfInterconnects(Fixture.Read("interconnect-port-map.txt"))).ShouldBe(expected);
        var xml = XmlDataText.Read(Encoding.UTF8.GetBytes(Fixture.Read("xmldata.xml")));
        Told(xml.Ports.Where(port => port.Mac is not null)).ShouldBe(expected);
        xml.Ports.ShouldContain(new PortLink(1, 2, "MEZZ1:1", null), "a port without an address in the blade's list");
        xml.Administrators.ShouldBe([new XmlAdministrator(1, "STANDBY", "4.70"), new XmlAdministrator(2, "ACTIVE", "4.80")]);
        xml.Modules.ShouldBe([new XmlModule(1, "4.85", "198.51.100.11"), new XmlModule(2, null, null)]);

        static IEnumerable<string> Told(IEnumerable<PortLink> links) => links.Select(link => $"{link.Blade} > {link.Module} {link.Mac}");
    }

    [Theory]
    [InlineData("", "there is no part of it")]
    [InlineData("Interconnect Module #1 Status:\n\tStatus: OK\n\tPowered: On\nInterconnect Module #1 Status:\n\tStatus: OK\n", "comes twice")]
    [InlineData("Interconnect Module #1 Status:\n\tThermal: OK\n\tPowered: On\n", "has no status")]
    [InlineData("Interconnect Module #1 Status:\n\tStatus: OK\n", "whether the module in bay 1 is powered")]
    [InlineData("Interconnect Module #2 Status:\n\tStatus: OK\n\tPowered: On\n", "bay 2 is missing")]
    [InlineData("Interconnect Module #1 Status:\n\tInterconnect Module Type: No Interconnect Module Installed\n", "is filled there, and empty")]
    [InlineData("Invalid command. Type \"HELP\" for a list of available commands.", "there is no part of it")]
    public void Status_that_does_not_say_it_all_is_unreadable(string status, string why)
    {
        const string info = "1. Ethernet \n\tProduct Name: HP VC Flex-10 Enet Module\n";
        var failure = Should.Throw<OpsKitException>(() => InterconnectTexts.Modules(status, info, "1"));
        (failure.Unreadable, failure.Kind).ShouldBe((true, FailureKind.Failed));
        failure.What.ShouldContain(why);
    }

    [Fact]
    public void A_list_without_totals_is_cut_short() =>
        Should.Throw<OpsKitException>(() => InterconnectTexts.Addresses(Fixture.Read("interconnect-list.txt").Split("Totals")[0])).Unreadable.ShouldBeTrue();

    [Fact]
    public void A_port_map_of_another_layout_is_unreadable() =>
        Should.Throw<OpsKitException>(() => PortMapTexts.OfServers("Blade #1\n\tLOM 1 Port 1: bay 1  00:17:A4:77:5C:00\n")).Unreadable.ShouldBeTrue();

    [Fact]
    public void Sources_that_differ_are_told_of()
    {
        var maps = PortMaps.Merge([[new PortLink(1, 3, "LOM1:1-a", "00:17:a4:77:00:01")], [new PortLink(2, 3, "LOM:1", "00:17:a4:77:00:01")]]);
        maps.Links.ShouldBe([new PortLink(1, 3, "LOM1:1-a", "00:17:a4:77:00:01")]);
        maps.Contradictions.ShouldBe(["00:17:a4:77:00:01 leads from blade 3 to module 1 by one port map, from blade 3 to module 2 by another"]);
    }
}
