using OpsKit.Modules.VirtualConnect.Hosts;

namespace OpsKit.Modules.Tests.VirtualConnect.Hosts;

public sealed class HostRedundancyTests
{
    private static readonly HostNic First = Sample.Host.Nics[0];
    private static readonly HostNic Second = Sample.Host.Nics[1];

    [Fact]
    public void Up_uplinks_on_two_bays_are_redundant_whether_active_or_standby()
    {
        HostRedundancy.Of(Sample.Host).IsRedundant.ShouldBeTrue();
        HostRedundancy.Of(With(Sample.Path("vmnic0") with { Standby = ["vmnic1"], Policy = "failover_explicit" })).Problems.ShouldBeEmpty();
        HostRedundancy.LostWithout(Sample.Host, 1).ShouldBeEmpty();
    }

    [Fact]
    public void Uplinks_on_one_bay_are_none()
    {
        var host = Sample.Host with { Nics = [First, Second with { Module = 1 }] };
        HostRedundancy.Of(host).Problems.ShouldBe(["vSwitch0, Management Network (vmk0) has vmnic0, vmnic1 on one bay, 1"]);
        HostRedundancy.LostWithout(host, 1).Select(path => path.PortGroup).ShouldBe(["Management Network"]);
        HostRedundancy.LostWithout(host, 2).ShouldBeEmpty();
    }

    [Fact]
    public void A_single_uplink_is_named() =>
        HostRedundancy.Of(With(Sample.Path("vmnic1"))).Problems.ShouldBe(["vSwitch0, Management Network (vmk0) has a single uplink, vmnic1 on bay 2"]);

    [Fact]
    public void An_uplink_that_the_port_group_never_uses_does_not_count() =>
        HostRedundancy.Of(With(Sample.Path("vmnic0") with { Unused = ["vmnic1"] })).Problems
            .ShouldBe(["vSwitch0, Management Network (vmk0) uses vmnic0 on bay 1 alone; vmnic1 on bay 2 is unused there"]);

    [Fact]
    public void An_uplink_without_a_link_does_not_count() =>
        HostRedundancy.Of(Sample.Host with { Nics = [First, Second with { SpeedMb = null }] }).Problems
            .ShouldBe(["vSwitch0, Management Network (vmk0) has only vmnic0 up, on bay 1; vmnic1 is down"]);

    [Fact]
    public void No_uplink_that_is_up_is_said() =>
        HostRedundancy.Of(Sample.Host with { Nics = [First with { SpeedMb = null }, Second with { SpeedMb = 0 }] }).Problems.ShouldBe(["vSwitch0, Management Network (vmk0) has no uplink that is up"]);

    [Fact]
    public void An_uplink_of_which_nobody_knows_where_it_leads_is_not_guessed()
    {
        var host = Sample.Host with { Nics = [First, Second with { Module = null }] };
        HostRedundancy.Of(host).Problems.ShouldBe(["vSwitch0, Management Network (vmk0): it is not known to which module vmnic1 leads"]);
        HostRedundancy.LostWithout(host, 1).Count.ShouldBe(1);
    }

    [Fact]
    public void Uplinks_chosen_by_IP_hash_are_no_pair_over_two_modules() =>
        HostRedundancy.Of(With(Sample.Path("vmnic0", "vmnic1") with { Policy = "loadbalance_ip" })).Problems.ShouldHaveSingleItem().ShouldContain("by IP hash");

    [Theory]
    [InlineData("disconnected")]
    [InlineData("notResponding")]
    public void A_host_that_is_away_cannot_be_seen(string state) => HostRedundancy.Of(Sample.Host with { ConnectionState = state }).Problems[0].ShouldBe($"it is {state}: its uplinks cannot be seen");

    [Fact]
    public void A_host_that_is_off_has_nothing_to_lose()
    {
        var host = Sample.Host with { ConnectionState = "notResponding", IsPoweredOff = true, Nics = [] };
        HostRedundancy.Of(host).IsRedundant.ShouldBeTrue();
        HostRedundancy.LostWithout(host, 1).ShouldBeEmpty();
    }

    [Fact]
    public void A_host_without_traffic_that_could_be_read_is_not_taken_for_redundant() => HostRedundancy.Of(Sample.Host with { Paths = [] }).IsRedundant.ShouldBeFalse();

    [Fact]
    public void Remarks_are_no_problems()
    {
        var redundancy = HostRedundancy.Of(With(Sample.Path("vmnic0", "vmnic1") with { NotifiesSwitches = false }) with { PassthroughMachines = ["voip01"] });
        redundancy.IsRedundant.ShouldBeTrue();
        redundancy.Remarks.Count.ShouldBe(2);
        redundancy.Remarks[1].ShouldStartWith("voip01 has a device that is passed through");
    }

    private static EnclosureHost With(TrafficPath path) => Sample.Host with { Paths = [path] };
}
