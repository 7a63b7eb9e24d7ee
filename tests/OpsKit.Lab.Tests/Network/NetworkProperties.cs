using CsCheck;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Tests.Network;

public sealed class NetworkProperties
{
    private enum Act
    {
        Reset,
        Restart,
        Off,
        On,
        Wait,
    }

    private static readonly Gen<(Act, int, int, int)[]> Acts =
        Gen.Select(Gen.Int[0, 4].Select(number => (Act)number), Gen.Int[0, 1], Gen.Int[0, 1], Gen.Int[1, 400]).Array[1, 25];

    [Fact]
    public void When_all_modules_are_back_everything_is_reachable_again() => Acts.Sample(
        acts =>
        {
            var lab = new NetworkLab();
            var before = lab.Reachable();
            foreach (var act in acts)
                Do(lab, act);
            foreach (var (enclosure, module) in Modules(lab))
                lab.Network.SetPower(enclosure, module, on: true);
            lab.Real.Advance(TimeSpan.FromMinutes(7));

            lab.Reachable().ShouldBe(before);
            Modules(lab).ShouldAllBe(pair => pair.Module.State == LabModuleState.Forwarding && pair.Module.PoweredOn);
            lab.Estate.Enclosures.ShouldAllBe(enclosure => enclosure.Interconnects.Count(module => module.IsPrimary) == 1);
            lab.Estate.Hosts.SelectMany(host => host.PNics).ShouldAllBe(nic => nic.LinkUp == nic.SpeedMb > 0);
        },
        iter: 60);

    [Fact]
    public void One_module_at_a_time_never_costs_a_well_wired_host_more_than_its_silence() => Gen.Select(Gen.Int[0, 1], Gen.Bool, Gen.Int[1, 100]).Sample(
        (bay, graceful, seed) =>
        {
            var lab = new NetworkLab(seed: seed);
            if (graceful)
                lab.Network.RestartGracefully(lab.Enclosure, lab.Module(bay + 1));
            else
                lab.Network.Reset(lab.Enclosure, lab.Module(bay + 1));
            var lost = lab.LostPings(TimeSpan.FromMinutes(6), [.. lab.Estate.Hosts.Take(6).Select(host => host.Address)]);
            lost.Values.ShouldAllBe(count => count <= (graceful ? 21 : 1));
        },
        iter: 20);

    private static void Do(NetworkLab lab, (Act Act, int Enclosure, int Bay, int Seconds) step)
    {
        var enclosure = lab.Estate.Enclosures[step.Enclosure];
        var module = enclosure.Interconnects[step.Bay];
        switch (step.Act)
        {
            case Act.Reset when module.PoweredOn:
                lab.Network.Reset(enclosure, module);
                break;
            case Act.Restart when module.PoweredOn:
                lab.Network.RestartGracefully(enclosure, module);
                break;
            case Act.Off or Act.On:
                lab.Network.SetPower(enclosure, module, step.Act == Act.On);
                break;
            default:
                lab.Real.Advance(TimeSpan.FromSeconds(step.Seconds));
                break;
        }
    }

    private static List<(LabEnclosure Enclosure, LabInterconnect Module)> Modules(NetworkLab lab) =>
        [.. lab.Estate.Enclosures.SelectMany(enclosure => enclosure.Interconnects.Select(module => (enclosure, module)))];
}
