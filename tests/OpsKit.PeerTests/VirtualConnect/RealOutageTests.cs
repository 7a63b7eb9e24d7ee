using OpsKit.Connections.Platform;
using OpsKit.Connections.Probes;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;
using OpsKit.Lab.Hosting;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.VirtualConnect;

/// <summary>A module of the lab is reset, and a real link goes down with it: what the watchdog measures by ICMP is held to the truth. Needs root.</summary>
public sealed class RealOutageTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opskit-outage-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Outage_by_icmp_is_within_one_interval_of_the_truth()
    {
        await using var cable = await VirtualCable.PlugAsync();
        await using var lab = await LabServer.StartAsync(new LabOptions { Folder = _folder.FullName, Speed = 1 }, Token);
        var spec = new PingGuardSpec { Name = "vmk", At = "test", Targets = [], Interval = Interval, Timeout = TimeSpan.FromMilliseconds(90), ConsecutiveLosses = 10_000 };
        var targets = new Dictionary<string, IReadOnlyList<ProbeTarget>> { ["vmk"] = [new ProbeTarget("esx02", cable.FarAddress)] };
        await using var watch = GuardWatch.Start([spec], targets, GuardDoors.From(JumpHost.Current), static _ => { }, Token);
        await Eventually.TrueAsync(() => watch.CleanFor >= TimeSpan.FromMilliseconds(500), "the far end to answer");

        var host = lab.Estate.Hosts[1];
        var reset = Clock.GetTimestamp();
        lab.Network.Reset(lab.Estate.Enclosures[0], lab.Estate.Enclosures[0].Interconnects[0]);
        await Eventually.TrueAsync(() => !lab.Network.IsReachable(host.Address), "the host to lose its path");
        var (downFrom, downBy) = await TimedAsync(cable.PullAsync);
        await Eventually.TrueAsync(() => lab.Network.IsReachable(host.Address), "the host to change over");
        var (upFrom, upBy) = await TimedAsync(cable.PlugInAsync);
        await Eventually.TrueAsync(() => watch.CleanFor >= TimeSpan.FromMilliseconds(500), "the far end to answer again");

        var (shortest, longest) = (Clock.GetElapsedTime(downBy, upFrom), Clock.GetElapsedTime(downFrom, upBy));
        var seen = watch.Since(reset).ShouldHaveSingleItem();
        seen.LongestOutage.ShouldBeGreaterThanOrEqualTo(shortest - Interval);
        seen.LongestOutage.ShouldBeLessThanOrEqualTo(longest + Interval);
        seen.StillSilent.ShouldBeFalse();
    }

    private static async Task<(long From, long By)> TimedAsync(Func<Task> act)
    {
        var from = Clock.GetTimestamp();
        await act();
        return (from, Clock.GetTimestamp());
    }
}
