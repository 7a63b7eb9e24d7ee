using System.Net;
using OpsKit.Connections.Probes;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Network;

namespace OpsKit.Lab.Tests.Network;

public sealed class ProbePortTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task The_port_falls_silent_with_the_network_and_returns_with_it()
    {
        await using var lab = new NetworkLab(LabSize.Small);
        var ct = TestContext.Current.CancellationToken;
        await lab.Network.StartAsync(ct);
        var vmk = lab.Host(1).Address;
        var machine = lab.Estate.Machines.First(each => each.PowerState == "poweredOn").Address!;
        (await ProbeAsync(lab, vmk, Patience)).Answered.ShouldBeTrue();
        (await ProbeAsync(lab, machine, Patience)).Answered.ShouldBeTrue();

        foreach (var module in lab.Enclosure.Interconnects)
            lab.Network.Reset(lab.Enclosure, module);
        (await ProbeAsync(lab, vmk, Short)).Loss.ShouldBe("timed out");
        (await ProbeAsync(lab, machine, Short)).Loss.ShouldBe("timed out");
        (await ProbeAsync(lab, vmk, Short)).Loss.ShouldBe("timed out", "and it stays so");

        lab.Real.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromMilliseconds(1));
        (await ProbeAsync(lab, vmk, Patience)).Answered.ShouldBeTrue();
        (await ProbeAsync(lab, machine, Patience)).Answered.ShouldBeTrue();
    }

    [Fact]
    public async Task A_machine_that_is_off_does_not_answer()
    {
        await using var lab = new NetworkLab(LabSize.Small);
        await lab.Network.StartAsync(TestContext.Current.CancellationToken);
        var off = lab.Estate.Machines.First(each => each is { PowerState: "poweredOff", Address: not null });
        (await ProbeAsync(lab, off.Address!, Short)).Answered.ShouldBeFalse();

        off.PowerState = "poweredOn";
        off.Nics[0].Connected = true;
        lab.Real.Advance(TimeSpan.FromMilliseconds(100));

        (await ProbeAsync(lab, off.Address!, Patience)).Answered.ShouldBeTrue();
    }

    [Fact]
    public async Task Many_probers_at_once_are_all_answered()
    {
        await using var lab = new NetworkLab(LabSize.Small);
        await lab.Network.StartAsync(TestContext.Current.CancellationToken);
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ProbeAsync(lab, lab.Host(1).Address, Patience)));
        replies.ShouldAllBe(reply => reply.Answered);
    }

    [Fact]
    public void Large_estates_are_sampled_so_that_each_host_is_seen()
    {
        var estate = EstateBuilder.Build(LabSize.Large, 1, new LabClock(TimeProvider.System, 1));
        var sample = NetworkListeners.Sample(estate);
        var vmks = estate.Hosts.Sum(host => host.Vmks.Count);
        (sample.Count - vmks).ShouldBeInRange(estate.Hosts.Count, NetworkListeners.MostMachines);
    }

    [Fact]
    public async Task A_large_estate_opens_its_ports_in_seconds()
    {
        await using var lab = new NetworkLab(LabSize.Large);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await lab.Network.StartAsync(limit.Token);
        (await ProbeAsync(lab, lab.Host(200).Address, Patience)).Answered.ShouldBeTrue();
    }

    private static Task<ProbeReply> ProbeAsync(NetworkLab lab, IPAddress address, TimeSpan timeout) =>
        new TcpProbe(TimeProvider.System, refusalIsAnswer: false).SendAsync(new ProbeTarget("x", address.ToString(), lab.Network.ProbePort), timeout, TestContext.Current.CancellationToken);
}
