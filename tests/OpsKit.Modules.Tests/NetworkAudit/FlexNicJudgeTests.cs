using OpsKit.Modules.NetworkAudit;

namespace OpsKit.Modules.Tests.NetworkAudit;

public sealed class FlexNicJudgeTests
{
    /// <summary>A card of four functions on a blade: the first is an uplink, the others have no link and no switch.</summary>
    private static readonly FlexNicState Blade = new()
    {
        Network = Hosts.Host(Hosts.Switch("vmnic0"), [.. Enumerable.Range(0, 4).Select(function => Hosts.Nic(function, function == 0 ? 10000 : null, $"0000:04:00.{function}"))]) with { Enclosure = "enc1" },
        Devices = [.. Enumerable.Range(0, 4).Select(function => Device($"0000:04:00.{function}"))],
    };

    [Fact]
    public void Functions_without_a_link_and_a_switch_can_be_hidden_and_uplinks_never() =>
        Standings(Blade).ShouldBe([FlexNicStanding.InUse, FlexNicStanding.CanBeHidden, FlexNicStanding.CanBeHidden, FlexNicStanding.CanBeHidden]);

    [Fact]
    public void Functions_that_share_a_device_with_one_in_use_stay()
    {
        var state = Blade with { Devices = [.. Blade.Devices.Select(device => device with { DependentDevice = "0000:00:03.0" })] };

        Standings(state).ShouldBe([FlexNicStanding.InUse, FlexNicStanding.CannotBeHidden, FlexNicStanding.CannotBeHidden, FlexNicStanding.CannotBeHidden]);
        FlexNicJudge.Of(state)[1].Reason.ShouldBe("it goes together with vmnic0, which is in use: uplink of vSwitch0");
    }

    [Fact]
    public void Function_with_a_link_or_with_sr_iov_is_in_use_though_no_switch_has_it()
    {
        var state = Blade with
        {
            Network = Blade.Network with { Nics = [.. Blade.Network.Nics.Select(nic => nic.Device == "vmnic1" ? nic with { SpeedMb = 10000 } : nic)] },
            Devices = [.. Blade.Devices.Select(device => device with { Sriov = device.Id.EndsWith('2') })],
        };

        FlexNicJudge.Of(state).Select(nic => nic.Reason).ShouldBe(["uplink of vSwitch0", "has a link", "SR-IOV is on", null]);
        Standings(state).ShouldBe([FlexNicStanding.InUse, FlexNicStanding.InUse, FlexNicStanding.InUse, FlexNicStanding.CanBeHidden]);
    }

    [Fact]
    public void Function_that_is_not_capable_stays_and_one_that_is_marked_waits_for_its_restart()
    {
        var state = Blade with { Devices = [Device("0000:04:00.0"), Device("0000:04:00.1") with { Capable = false }, Device("0000:04:00.2") with { Enabled = true }] };

        Standings(state).ShouldBe([FlexNicStanding.InUse, FlexNicStanding.CannotBeHidden, FlexNicStanding.HiddenAfterRestart, FlexNicStanding.CannotBeHidden]);
    }

    [Fact]
    public void Unused_nic_of_no_blade_is_no_flexnic_unless_any_will_do()
    {
        var rack = Blade with { Network = Blade.Network with { Enclosure = null } };

        Standings(rack).Count(standing => standing == FlexNicStanding.NoFlexNic).ShouldBe(3);
        FlexNicJudge.Of(rack, anyUnused: true).Count(nic => nic.Standing == FlexNicStanding.CanBeHidden).ShouldBe(3);
    }

    private static List<FlexNicStanding> Standings(FlexNicState state) => [.. FlexNicJudge.Of(state).Select(nic => nic.Standing)];

    private static PassthroughDevice Device(string id) => new(id, id, Capable: true, Enabled: false, Active: false, IsNetwork: true);
}
