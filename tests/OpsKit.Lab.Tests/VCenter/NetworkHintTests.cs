using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

public sealed class NetworkHintTests
{
    [Fact]
    public void Standard_switch_hears_cdp_and_a_distributed_one_lldp()
    {
        using var lab = new OperatedLab(LabSize.Large);
        var rack = lab.Estate.Hosts.First(host => host.Enclosure is null && !host.HintsOneByOne);

        var hints = Hints(lab, rack);

        hints["vmnic0"].ConnectedSwitchPort!.DevId.ShouldBe(rack.PNics[0].SwitchName);
        hints["vmnic0"].LldpInfo.ShouldBeNull("vSwitch0 is a standard switch");
        hints["vmnic2"].LldpInfo!.PortId.ShouldBe(rack.PNics[2].SwitchPort);
        hints["vmnic2"].ConnectedSwitchPort.ShouldBeNull("a distributed switch listens for one protocol");
    }

    [Theory]
    [InlineData("down", false)]
    [InlineData("advertise", false)]
    [InlineData("listen", true)]
    [InlineData("both", true)]
    public void Switch_hears_only_while_it_listens(string mode, bool hears)
    {
        using var lab = new OperatedLab(LabSize.Large);
        var rack = lab.Estate.Hosts.First(host => host.Enclosure is null);
        rack.VSwitches[0].CdpMode = mode;

        (Hint(lab, rack, "vmnic0").ConnectedSwitchPort is not null).ShouldBe(hears);
    }

    [Fact]
    public void Distributed_switch_of_a_host_before_five_hears_cdp()
    {
        using var lab = new OperatedLab(LabSize.Large);
        var rack = lab.Estate.Hosts.First(host => host.Enclosure is null);
        rack.Version = "4.1.0";

        Hint(lab, rack, "vmnic2").ConnectedSwitchPort.ShouldNotBeNull();
        Hint(lab, rack, "vmnic2").LldpInfo.ShouldBeNull();
    }

    [Fact]
    public void Nic_without_link_or_without_a_switch_hears_nothing()
    {
        using var lab = new OperatedLab();
        lab.Host.PNics[2].LinkUp = false;

        Hint(lab, lab.Host, "vmnic2").LldpInfo.ShouldBeNull();
        Hint(lab, lab.Host, "vmnic5").Subnet.ShouldBeEmpty();
    }

    [Fact]
    public void Host_that_answers_one_by_one_says_nothing_of_all()
    {
        using var lab = new OperatedLab();
        lab.Host.HintsOneByOne = true;

        Hints(lab, lab.Host).ShouldBeEmpty();
        Hints(lab, lab.Host, "vmnic2", "vmnic3").ShouldBeEmpty();
        Hint(lab, lab.Host, "vmnic2").LldpInfo.ShouldNotBeNull();
        Hints(lab, lab.Estate.Hosts[1]).Count.ShouldBe(lab.Estate.Hosts[1].PNics.Count);
    }

    [Fact]
    public void Nic_that_is_passed_through_is_no_longer_the_hosts()
    {
        using var lab = new OperatedLab();
        lab.Host.PNics[5].PassthroughActive = true;

        Hints(lab, lab.Host).Keys.ShouldNotContain("vmnic5");
        Should.Throw<LabFaultException>(() => Hint(lab, lab.Host, "vmnic5")).Fault.ShouldBeOfType<NotFound>();
    }

    [Fact]
    public void Disconnected_host_is_not_asked()
    {
        using var lab = new OperatedLab();
        lab.Host.ConnectionState = "notResponding";

        Should.Throw<LabFaultException>(() => Hints(lab, lab.Host)).Fault.ShouldBeOfType<HostNotConnected>();
    }

    private static PhysicalNicHintInfo Hint(OperatedLab lab, LabHost host, string device) => Hints(lab, host, device)[device];

    private static Dictionary<string, PhysicalNicHintInfo> Hints(OperatedLab lab, LabHost host, params string[] devices) =>
        ((List<PhysicalNicHintInfo>)lab.Invoke(new QueryNetworkHintRequest { Self = HostSystems.Reference(host, "networkSystem"), Device = devices })!).ToDictionary(hint => hint.Device!);
}
