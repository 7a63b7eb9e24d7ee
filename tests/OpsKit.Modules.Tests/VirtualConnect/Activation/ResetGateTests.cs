using OpsKit.Modules.VirtualConnect;
using OpsKit.Modules.VirtualConnect.Hosts;

namespace OpsKit.Modules.Tests.VirtualConnect.Activation;

public sealed class ResetGateTests
{
    [Fact]
    public void Healthy_partner_and_redundant_hosts_let_a_module_be_reset() => ResetGate.Reasons(Sample.Enclosure, Sample.Hosts(), 2).ShouldBeEmpty();

    [Fact]
    public void Partner_that_is_not_well_holds_it_back() =>
        ResetGate.Reasons(Sample.Enclosure with { Modules = [Sample.Module(1) with { Health = "Degraded" }, Sample.Module(2)] }, Sample.Hosts(), 2)
            .ShouldBe(["the module in bay 1, which is to take over, is not well: Degraded"]);

    [Fact]
    public void Empty_partner_bay_holds_it_back() =>
        ResetGate.Reasons(Sample.Enclosure with { Modules = [Sample.Module(2)] }, Sample.Hosts(), 2).ShouldContain("bay 1 is empty: nothing takes over for bay 2");

    [Fact]
    public void Host_without_a_path_through_the_other_side_holds_it_back() =>
        ResetGate.Reasons(Sample.Enclosure, Sample.Hosts(Sample.Host with { Nics = [Sample.Host.Nics[0] with { SpeedMb = null }, Sample.Host.Nics[1]] }), 2)
            .ShouldBe(["esx01.lab.example would lose vSwitch0, Management Network (vmk0): it has no other path that is up"]);

    [Fact]
    public void Host_that_cannot_be_seen_holds_it_back()
    {
        ResetGate.Reasons(Sample.Enclosure, Sample.Hosts(Sample.Host with { ConnectionState = "notResponding" }), 2).ShouldContain("esx01.lab.example is notResponding: its paths cannot be seen");
        ResetGate.Reasons(Sample.Enclosure, Sample.Hosts() with { NotAssessed = [("vc2", "no answer")] }, 2).ShouldBe(["vc2 could not be read: no answer"]);
    }

    [Fact]
    public void Neighbours_are_held_to_what_was_heard_before()
    {
        var before = new[] { new SeenLink("esx01.lab.example", "vmnic1", "sw2 port 7"), new SeenLink("esx01.lab.example", "vmnic0", null) };

        NeighbourCheck.Differences(before, Sample.Hosts()).ShouldBe(["esx01.lab.example vmnic1 heard sw2 port 7, now nothing"]);
        var other = Sample.Host with { Nics = [Sample.Host.Nics[0], Sample.Host.Nics[1] with { Neighbour = "sw2 port 8" }] };
        NeighbourCheck.Differences(before, Sample.Hosts(other)).ShouldBe(["esx01.lab.example vmnic1 heard sw2 port 7, now sw2 port 8"]);
        NeighbourCheck.Differences(before, Sample.Hosts(other with { Nics = [Sample.Host.Nics[1] with { Neighbour = "sw2 port 7" }] })).ShouldBeEmpty();
    }
}
