using OpsKit.Modules.NetworkAudit;

namespace OpsKit.Modules.Tests.NetworkAudit;

public sealed class NeighborJudgeTests
{
    private static readonly HostSwitch Standard = Hosts.Switch("vmnic0");
    private static readonly HostSwitch Distributed = new() { Name = "dvs 'a'", Distributed = true, Active = ["vmnic0"], Discovery = "lldp", DiscoveryMode = "listen" };

    [Fact]
    public void Neighbour_that_was_heard_is_the_answer() =>
        NeighborJudge.Of(Hosts.Host(Standard, Hosts.Nic(0)), Hosts.Nic(0), Hosts.Cdp("sw1")).ShouldBe(new NeighborAnswer(NeighborOutcome.Heard, Hosts.Cdp("sw1")));

    [Fact]
    public void No_link_is_no_data()
    {
        var answer = Answer(Standard, Hosts.Nic(0, null));

        answer.Outcome.ShouldBe(NeighborOutcome.NoData);
        answer.Reason.ShouldBe("no link");
    }

    [Fact]
    public void Nic_of_no_switch_is_no_data() => Answer(Hosts.Switch(), Hosts.Nic(0)).Reason.ShouldBe("the NIC is the uplink of no virtual switch, and only uplinks listen");

    [Theory]
    [InlineData("none", "vSwitch0 does not listen (CDP status: down)", "esxcli network vswitch standard set -v vSwitch0 -c listen")]
    [InlineData("down", "vSwitch0 does not listen (CDP status: down)", "esxcli network vswitch standard set -v vSwitch0 -c listen")]
    [InlineData("advertise", "vSwitch0 does not listen (CDP status: advertise)", "esxcli network vswitch standard set -v vSwitch0 -c both")]
    public void Switch_that_does_not_listen_is_no_data_with_the_command_that_mends_it(string mode, string reason, string fix) =>
        Answer(Standard with { DiscoveryMode = mode }, Hosts.Nic(0)).ShouldBe(new NeighborAnswer(NeighborOutcome.NoData, null, reason, fix));

    [Fact]
    public void Distributed_switch_that_does_not_listen_is_mended_in_vcenter() =>
        Answer(Distributed with { DiscoveryMode = "none" }, Hosts.Nic(0)).Fix.ShouldBe("Get-VDSwitch 'dvs ''a''' | Set-VDSwitch -LinkDiscoveryProtocol LLDP -LinkDiscoveryProtocolOperation Listen");

    [Fact]
    public void Standard_switch_that_listens_and_hears_nobody_may_be_deaf_to_what_is_spoken()
    {
        var answer = Answer(Standard, Hosts.Nic(0));

        answer.Outcome.ShouldBe(NeighborOutcome.NoNeighbor);
        answer.Reason.ShouldBe("nobody was heard by CDP; a standard switch hears no LLDP");
        answer.Fix.ShouldBe("enable CDP on the physical switch; whether it speaks LLDP shows: pktcap-uw --uplink vmnic0 --ethtype 0x88cc -c 1");
        NeighborJudge.Of(Hosts.Host(Standard, Hosts.Nic(0)) with { Version = "5.0.0" }, Hosts.Nic(0), null).Fix.ShouldBe("enable CDP on the physical switch");
    }

    [Fact]
    public void Distributed_switch_hears_one_protocol_only() =>
        Answer(Distributed, Hosts.Nic(0)).Reason.ShouldBe("nobody was heard by LLDP, the only protocol dvs 'a' listens for");

    [Fact]
    public void Only_nics_that_can_have_heard_are_asked()
    {
        NeighborJudge.CanHear(Hosts.Host(Standard, Hosts.Nic(0)), Hosts.Nic(0)).ShouldBeTrue();
        NeighborJudge.CanHear(Hosts.Host(Standard with { DiscoveryMode = null }, Hosts.Nic(0)), Hosts.Nic(0)).ShouldBeTrue();
        NeighborJudge.CanHear(Hosts.Host(Standard with { DiscoveryMode = "none" }, Hosts.Nic(0)), Hosts.Nic(0)).ShouldBeFalse();
        NeighborJudge.CanHear(Hosts.Host(Standard, Hosts.Nic(0, null)), Hosts.Nic(0, null)).ShouldBeFalse();
        NeighborJudge.CanHear(Hosts.Host(Standard, Hosts.Nic(1)), Hosts.Nic(1)).ShouldBeFalse();
    }

    [Fact]
    public void Names_in_commands_cannot_leave_their_quotes()
    {
        ShellWord.Of("a'; reboot;\u001b[2J").ShouldBe("'a'\\''; reboot;\\x1b[2J'");
        PowerShellWord.Of("a'b\u2019; Stop-VM *").ShouldBe("'a''b\u2019\u2019; Stop-VM *'");
    }

    private static NeighborAnswer Answer(HostSwitch one, HostNic nic) => NeighborJudge.Of(Hosts.Host(one, nic), nic, null);
}
