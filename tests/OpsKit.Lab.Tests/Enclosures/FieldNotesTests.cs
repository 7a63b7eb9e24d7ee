using OpsKit.Connections.Probes;
using OpsKit.Lab.Enclosures.Vcsu;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Network;

namespace OpsKit.Lab.Tests.Enclosures;

/// <summary>What an operator measured: a hard reset costs a ping, a graceful activation 15 to 20 s. Probed as a watchdog does, every 250 ms.</summary>
public sealed class FieldNotesTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Boot = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_restart_from_the_onboard_administrator_costs_a_few_samples(int bay)
    {
        await using var lab = new EnclosureLab();
        await lab.ExecAsync($"RESTART INTERCONNECT {bay}");
        var lost = await LostSamplesAsync(lab, Boot + TimeSpan.FromSeconds(10));

        lost.ShouldAllBe(count => count <= 4, "a second of failover");
        lost.Max().ShouldBeInRange(1, 4);
        lab.Module(bay).State.ShouldBe(LabModuleState.Forwarding);
    }

    [Fact]
    public async Task An_activation_by_the_utility_costs_fifteen_seconds_and_more()
    {
        await using var lab = new EnclosureLab();
        var account = lab.Administrator;
        var options = VcsuOptions.Read(
            ["-a", "update", "-i", "127.30.1.1", "-u", account.User, "-p", account.Password, "-vcu", account.User, "-vcp", account.Password, "-l", "vcfw375.bin", "-q"]).Options;
        var running = new VcsuRun([lab.Site], lab.Faults, options, (_, _) => Task.CompletedTask).RunAsync(agreed: false, EnclosureLab.Token);

        var lost = await LostSamplesAsync(lab, until: () => running.IsCompleted);

        (await running).ShouldBe(VcsuRun.Succeeded);
        lost.Max().ShouldBeInRange(15 * 4, 21 * 4);
    }

    [Fact]
    public async Task The_second_module_too_soon_is_an_outage()
    {
        await using var lab = new EnclosureLab();
        await lab.ExecAsync("RESTART INTERCONNECT 2");
        await LostSamplesAsync(lab, TimeSpan.FromMinutes(3));
        await lab.ExecAsync("RESTART INTERCONNECT 1");
        (await LostSamplesAsync(lab, TimeSpan.FromMinutes(1))).ShouldAllBe(count => count >= 4 * 60 - 1);
    }

    private static Task<List<int>> LostSamplesAsync(EnclosureLab lab, TimeSpan span)
    {
        var end = lab.Clock.Elapsed + span;
        return LostSamplesAsync(lab, () => lab.Clock.Elapsed >= end);
    }

    /// <summary>How many probes of each of the first four hosts' management addresses were lost.</summary>
    private static async Task<List<int>> LostSamplesAsync(EnclosureLab lab, Func<bool> until)
    {
        var probe = new LabProbe(lab.Network, lab.Clock);
        var targets = lab.Estate.Hosts.Take(4).Select(host => new ProbeTarget(host.Name, host.Address.ToString())).ToList();
        var lost = new int[targets.Count];
        while (!until())
        {
            var replies = targets.ConvertAll(target => probe.SendAsync(target, Interval, EnclosureLab.Token));
            lab.Real.Advance(Interval);
            for (var i = 0; i < targets.Count; i++)
                lost[i] += (await replies[i]).Answered ? 0 : 1;
        }

        return [.. lost];
    }
}
