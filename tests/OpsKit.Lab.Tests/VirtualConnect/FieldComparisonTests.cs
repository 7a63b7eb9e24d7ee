using OpsKit.Connections.Platform;
using OpsKit.Connections.Probes;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Network;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.VirtualConnect;

/// <summary>The field notes' own comparison, in numbers: a graceful restart, which keeps links up, against a reset, which drops them.</summary>
public sealed class FieldComparisonTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Graceful_activation_costs_fifteen_seconds_and_more_a_reset_a_few_samples()
    {
        var graceful = await OutageAsync(static (network, enclosure, module) => network.RestartGracefully(enclosure, module));
        var reset = await OutageAsync(static (network, enclosure, module) => network.Reset(enclosure, module));

        graceful.LongestOutageMs.ShouldBeInRange(15_000, 23_000);
        reset.Lost.ShouldBeInRange(1, 6, "the hosts change over within a second or so");
        reset.LongestOutageMs.ShouldBeLessThanOrEqualTo(1_500);
    }

    /// <summary>What the address that lost most lost while the module in bay 1 restarted.</summary>
    private static async Task<TargetOutage> OutageAsync(Action<LabNetwork, LabEnclosure, LabInterconnect> restart)
    {
        await using var lab = await ServedLab.StartAsync(speed: 10);
        var (clock, probe) = (lab.Estate.Clock, new LabProbe(lab.Server.Network, lab.Estate.Clock));
        var doors = new GuardDoors { Icmp = probe, Tcp = probe, Processes = new ProcessRunner(clock), Clock = clock, WorkingDirectory = lab.Server.Folder };
        var spec = new PingGuardSpec { Name = "vmk", At = "test", Targets = [], Interval = Interval, ConsecutiveLosses = 10_000 };
        IReadOnlyList<ProbeTarget> targets = [.. lab.Estate.Hosts.Select(host => new ProbeTarget(host.Name, host.Address.ToString()))];
        await using var watch = GuardWatch.Start([spec], new Dictionary<string, IReadOnlyList<ProbeTarget>> { ["vmk"] = targets }, doors, static _ => { }, ServedLab.Token);
        await Eventually.TrueAsync(() => watch.CleanFor >= TimeSpan.FromSeconds(2), "every address to answer");

        restart(lab.Server.Network, lab.Enclosure, lab.Enclosure.Interconnects[0]);
        var until = clock.Elapsed + Watched;
        await Eventually.TrueAsync(() => clock.Elapsed >= until, "the restart to be over for the hosts");

        return watch.Statistics.MaxBy(target => target.LongestOutageMs)!;
    }
}
