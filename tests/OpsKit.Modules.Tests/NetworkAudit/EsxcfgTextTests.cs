using OpsKit.Connections;
using OpsKit.Modules.NetworkAudit;

namespace OpsKit.Modules.Tests.NetworkAudit;

public sealed class EsxcfgTextTests
{
    private const string Nics = """
        Name    PCI           Driver      Link Speed     Duplex MAC Address       MTU    Description
        vmnic1  04:00.01      be2net      Up   2000Mbps  Full   00:17:a4:77:07:02 1500   Emulex Corporation NC553i 10Gb 2-port
        vmnic0  0000:004:00.0 be2net      Down 0Mbps     Half   00:17:a4:77:07:00 1500

        """;

    private const string Switches = """
        Switch Name      Num Ports   Used Ports  Configured Ports  MTU     Uplinks
        vSwitch0         128         5           128               1500    vmnic0,vmnic1

          PortGroup Name        VLAN ID  Used Ports  Uplinks
          VM Network            0        1           vmnic0,vmnic1

        DVS Name         Num Ports   Used Ports  Configured Ports  MTU     Uplinks
        dvs one          512         4           512               9000

          DVPort ID           In Use      Client

        """;

    [Fact]
    public void Nics_of_an_old_host_are_read()
    {
        var nics = EsxcfgText.Nics(Nics);

        nics.Select(nic => $"{nic.Device} {nic.Pci} {nic.SpeedMb} {nic.FullDuplex} {nic.Description}").ShouldBe(
            ["vmnic0 0000:04:00.0   ", "vmnic1 0000:04:00.1 2000 True Emulex Corporation NC553i 10Gb 2-port"]);
    }

    [Fact]
    public void Switches_of_an_old_host_are_read()
    {
        var switches = EsxcfgText.Switches(Switches);

        switches.Select(one => $"{one.Name} {one.Distributed} {one.Mtu} {string.Join('+', one.Active)}").ShouldBe(["vSwitch0 False 1500 vmnic0+vmnic1", "dvs one True 9000 "]);
    }

    [Theory]
    [InlineData("Name    PCI\nvmnic1  04:00.01      be2net      Up   2000Mbps  Fu")]
    [InlineData("Name    PCI\nvmnic1  04:00.01      be2net      Up   2000Mbps  Fu\n")]
    [InlineData("")]
    [InlineData("sh: esxcfg-nics: not found\n")]
    public void Nics_that_are_cut_off_or_odd_are_refused(string text) => Should.Throw<OpsKitException>(() => EsxcfgText.Nics(text)).What.ShouldContain("cannot be read");

    [Fact]
    public void Switch_whose_line_is_missing_is_refused() =>
        Should.Throw<OpsKitException>(() => EsxcfgText.Switches("Switch Name      Num Ports\n")).What.ShouldContain("does not fit");
}
