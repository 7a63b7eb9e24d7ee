using System.Net;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Network;

namespace OpsKit.Lab.Tests.Network;

public sealed class FailoverTests
{
    private static readonly TimeSpan Boot = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Observed = TimeSpan.FromMinutes(7);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_reset_module_costs_hosts_with_two_uplinks_one_ping_at_most(int bay)
    {
        await using var lab = new NetworkLab();
        var addresses = lab.Estate.Hosts.Take(6).Select(host => host.Address).ToList();

        lab.Network.Reset(lab.Enclosure, lab.Module(bay));
        var lost = lab.LostPings(Observed, addresses);

        lost.Values.ShouldAllBe(count => count <= 1);
        lost.Values.ShouldContain(1);
        lost.Values.ShouldContain(0, "ports on the other module notice nothing");
    }

    [Fact]
    public async Task Links_drop_at_once_and_return_after_the_boot()
    {
        await using var lab = new NetworkLab();
        var nic = lab.Host(1).PNics.First(each => each.InterconnectBay == 1);

        lab.Network.Reset(lab.Enclosure, lab.Module(1));
        nic.LinkUp.ShouldBeFalse();
        lab.Module(1).State.ShouldBe(LabModuleState.LinksDown);
        lab.Real.Advance(Boot - TimeSpan.FromMilliseconds(2));
        nic.LinkUp.ShouldBeFalse();
        lab.Real.Advance(TimeSpan.FromMilliseconds(2));
        nic.LinkUp.ShouldBeTrue();
        lab.Module(1).State.ShouldBe(LabModuleState.Forwarding);
    }

    [Fact]
    public async Task Those_who_read_properties_hear_of_links()
    {
        await using var lab = new NetworkLab();
        var told = new List<object>();
        lab.Estate.Changed += told.Add;

        lab.Network.Reset(lab.Enclosure, lab.Module(1));

        told.ShouldContain(lab.Host(1));
        told.ShouldContain(lab.Enclosure);
        told.ShouldNotContain(lab.Host(7), "it is in the other enclosure");
    }

    [Fact]
    public async Task A_graceful_restart_is_silence_of_15_to_20_seconds_with_links_up()
    {
        await using var lab = new NetworkLab();
        var addresses = lab.Estate.Hosts.Take(4).Select(host => host.Address).ToList();
        var nic = lab.Host(1).PNics.First(each => each.InterconnectBay == 1);
        var silence = NetworkTimes.Silence(lab.Module(1));
        silence.TotalSeconds.ShouldBeInRange(15, 20);

        lab.Network.RestartGracefully(lab.Enclosure, lab.Module(1));
        nic.LinkUp.ShouldBeTrue();
        lab.Module(1).State.ShouldBe(LabModuleState.SilentlyDown);
        var lost = lab.LostPings(Observed, addresses);

        // The silence, and one more ping while the host changes over.
        lost.Values.Distinct().Order().ShouldBe([0, (int)silence.TotalSeconds + 1]);
    }

    [Fact]
    public async Task Beacons_end_the_silence_early()
    {
        await using var lab = new NetworkLab();
        var beacons = lab.Host(5);
        beacons.VSwitches[0].BeaconProbing.ShouldBeTrue();
        PinTo(beacons, "vmnic0");

        lab.Network.RestartGracefully(lab.Enclosure, lab.Module(1));

        lab.LostPings(Observed, beacons).ShouldBe(3);
    }

    [Fact]
    public async Task One_uplink_is_dark_for_the_whole_boot()
    {
        await using var lab = new NetworkLab();
        var host = lab.Host(11);
        host.VSwitches[0].Active.ShouldBe(["vmnic0"]);

        lab.Network.Reset(host.Enclosure!, host.Enclosure!.Interconnects[0]);

        lab.LostPings(Observed, host).ShouldBe(300);
    }

    [Fact]
    public async Task Two_uplinks_to_one_module_are_dark_for_the_whole_boot()
    {
        await using var lab = new NetworkLab();
        var host = lab.Host(12);

        lab.Network.Reset(host.Enclosure!, host.Enclosure!.Interconnects[0]);

        lab.LostPings(Observed, host).ShouldBe(300);
    }

    [Fact]
    public async Task Teaming_by_ip_hash_over_two_modules_is_dark_while_one_is_away()
    {
        await using var lab = new NetworkLab();
        lab.Host(1).VSwitches[0].TeamingPolicy = Teaming.ByIpHash;

        lab.Network.Reset(lab.Enclosure, lab.Module(2));

        lab.LostPings(Observed, lab.Host(1)).ShouldBe(300);
    }

    [Fact]
    public async Task A_standby_uplink_takes_over()
    {
        await using var lab = new NetworkLab();
        var vSwitch = lab.Host(1).VSwitches[0];
        vSwitch.Active.Remove("vmnic1");
        vSwitch.Standby.Add("vmnic1");

        lab.Network.Reset(lab.Enclosure, lab.Module(1));

        lab.LostPings(Observed, lab.Host(1)).ShouldBe(1);
    }

    [Fact]
    public async Task Both_modules_at_once_are_an_outage_for_everyone_in_the_enclosure()
    {
        await using var lab = new NetworkLab();
        lab.Network.Reset(lab.Enclosure, lab.Module(1));
        lab.Real.Advance(TimeSpan.FromMinutes(4));
        lab.Network.Reset(lab.Enclosure, lab.Module(2));

        lab.LostPings(TimeSpan.FromMinutes(2), lab.Host(1)).ShouldBe(60);
        lab.Network.IsReachable(lab.Host(7).Address).ShouldBeTrue();
    }

    [Fact]
    public async Task Machines_follow_their_host()
    {
        await using var lab = new NetworkLab();
        var here = lab.Estate.Machines.First(machine => machine.Host == lab.Host(1) && machine.PowerState == "poweredOn");
        foreach (var module in lab.Enclosure.Interconnects)
            lab.Network.Reset(lab.Enclosure, module);
        lab.Network.IsReachable(here.Address!).ShouldBeFalse();

        here.Host = lab.Host(7);
        here.Nics[0].PortGroup = lab.Host(7).VSwitches[1].PortGroups[0].Name;
        lab.Network.IsReachable(here.Address!).ShouldBeTrue();

        here.PowerState = "poweredOff";
        lab.Network.IsReachable(here.Address!).ShouldBeFalse();
    }

    [Fact]
    public async Task A_module_that_does_not_come_back_stays_away_and_shows_as_stuck()
    {
        await using var lab = new NetworkLab();
        lab.Faults.Add(new Fault(FaultKind.ModuleStaysDown) { Endpoint = "enc1", Times = 1 });

        lab.Network.Reset(lab.Enclosure, lab.Module(1));
        lab.Network.IsStuck(lab.Module(1)).ShouldBeFalse();
        lab.Real.Advance(TimeSpan.FromMinutes(30));

        lab.Network.IsStuck(lab.Module(1)).ShouldBeTrue();
        lab.Network.StateOf(lab.Module(1)).ShouldBe(LabModuleState.LinksDown);
        lab.Network.Reset(lab.Enclosure, lab.Module(1));
        lab.Real.Advance(Boot + TimeSpan.FromMilliseconds(1));
        lab.Network.StateOf(lab.Module(1)).ShouldBe(LabModuleState.Forwarding);
        lab.Network.IsStuck(lab.Module(1)).ShouldBeFalse();
    }

    [Fact]
    public async Task Staged_firmware_runs_when_the_module_is_back()
    {
        await using var lab = new NetworkLab();
        lab.Module(1).StagedFirmware = "3.51";
        lab.Network.Reset(lab.Enclosure, lab.Module(1));
        lab.Module(1).Firmware.ShouldBe("3.18");
        lab.Real.Advance(Boot + TimeSpan.FromMilliseconds(1));
        lab.Module(1).Firmware.ShouldBe("3.51");
        lab.Module(1).StagedFirmware.ShouldBeNull();
    }

    [Fact]
    public async Task Virtual_Connect_Manager_moves_when_its_module_goes()
    {
        await using var lab = new NetworkLab();
        lab.Network.Reset(lab.Enclosure, lab.Module(1));
        lab.Enclosure.Interconnects.Select(module => module.IsPrimary).ShouldBe([false, true]);
        lab.Real.Advance(Boot + TimeSpan.FromMilliseconds(1));
        lab.Enclosure.Interconnects.Select(module => module.IsPrimary).ShouldBe([false, true]);
    }

    [Fact]
    public async Task Lost_probes_on_request_are_lost()
    {
        await using var lab = new NetworkLab();
        lab.Faults.Add(new Fault(FaultKind.PingLoss) { Endpoint = "127.10.1.21", Duration = TimeSpan.FromSeconds(30) });
        lab.LostPings(TimeSpan.FromMinutes(1), lab.Host(1)).ShouldBe(30);
        lab.Network.IsReachable(IPAddress.Parse("127.99.1.1")).ShouldBeFalse("nobody has it");

    }

    [Fact]
    public async Task A_probe_of_the_lab_tells_what_the_network_does()
    {
        await using var lab = new NetworkLab();
        var probe = new LabProbe(lab.Network, lab.Clock);
        var target = new OpsKit.Connections.Probes.ProbeTarget("esx11", lab.Host(11).Address.ToString());
        var ct = TestContext.Current.CancellationToken;
        (await probe.SendAsync(target, TimeSpan.FromSeconds(1), ct)).Answered.ShouldBeTrue();

        lab.Network.Reset(lab.Host(11).Enclosure!, lab.Host(11).Enclosure!.Interconnects[0]);
        var sent = probe.SendAsync(target, TimeSpan.FromSeconds(1), ct);
        lab.Real.Advance(TimeSpan.FromSeconds(1));

        (await sent).Loss.ShouldBe("timed out");
    }

    /// <summary>Makes the first uplink the one its ports use.</summary>
    private static void PinTo(LabHost host, string device)
    {
        host.VSwitches[0].TeamingPolicy = Teaming.Explicit;
        host.VSwitches[0].Active.Remove(device);
        host.VSwitches[0].Active.Insert(0, device);
    }
}
