using System.Collections.Concurrent;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Probes;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Runs;
using OpsKit.TestKit;

namespace OpsKit.Engine.Tests.Guards;

public sealed class GuardWatchTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);
    private readonly WaitingClock _clock = new(Start);
    private readonly ScriptedProbe _probe = new();
    private readonly ConcurrentQueue<GuardSample> _kept = new();

    [Fact]
    public async Task Run_without_guards_has_no_worst()
    {
        await using var watch = Watch();

        watch.Worst.ShouldBeNull();
        watch.All.ShouldBeEmpty();
        await watch.BaselineAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Losses_after_the_baseline_are_a_breach_that_wakes_whoever_waits()
    {
        await using var watch = Watch(Ping("vmk"));
        watch.Worst!.Verdict.ShouldBe(Verdict.Inconclusive);
        await BaselineAsync(watch);
        await TicksAsync(4, targets: 2);
        watch.Worst!.ShouldBe(watch.Worst with { Verdict = Verdict.Healthy, Reason = "all 2 targets answer" });

        var change = watch.WaitForChangeAsync(TestContext.Current.CancellationToken);
        _probe.Silent.TryAdd("esx-02", true);
        await TicksAsync(5, targets: 2);
        await change;

        watch.Worst!.Verdict.ShouldBe(Verdict.Breached);
        watch.Worst.Reason.ShouldBe("esx-02 does not answer: 5 probes in a row lost");
        watch.Worst.Since.ShouldBeGreaterThan(Start);
        var outage = watch.Statistics.Single(target => target.Target == "esx-02");
        outage.Lost.ShouldBe(5);
        outage.LongestOutageMs.ShouldBe(1250);
        outage.FirstLossOffsetMs.ShouldNotBeNull();
        watch.Statistics.Single(target => target.Target == "esx-01").Lost.ShouldBe(0);
    }

    [Fact]
    public async Task Every_sample_is_kept_with_its_time_on_both_clocks()
    {
        await using var watch = Watch(Ping("vmk"));
        await TicksAsync(8, targets: 2);

        var first = _kept.Where(sample => sample.Target == "esx-01").Take(8).ToArray();
        first.Select(sample => sample.OffsetMs - first[0].OffsetMs).ShouldBe(Enumerable.Range(0, 8).Select(n => n * 250.0));
        first.ShouldAllBe(sample => sample.At == Start.AddMilliseconds(sample.OffsetMs));
        first.ShouldAllBe(sample => sample.Answered && sample.Sent && sample.RoundTripMs == 2 && sample.Guard == "vmk");
    }

    [Fact]
    public async Task Machine_that_may_not_send_is_inconclusive_with_the_reason()
    {
        _probe.Refusal = new OpsKitException(FailureKind.Usage, "this machine does not let the user send ICMP", "192.0.2.1");
        await using var watch = Watch(Ping("vmk"));
        await watch.BaselineAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => watch.Worst!.Reason.Contains("does not let", StringComparison.Ordinal), "the sampler's end");

        watch.Worst!.Verdict.ShouldBe(Verdict.Inconclusive);
        watch.Worst.Reason.ShouldBe("it cannot go on: 192.0.2.1: this machine does not let the user send ICMP");
    }

    [Fact]
    public async Task Samples_that_cannot_be_kept_make_the_guard_inconclusive()
    {
        await using var watch = GuardWatch.Start([Ping("vmk")], Targets("vmk", 1), Doors(), _ => throw new IOException("disk full"), CancellationToken.None);

        await Eventually.TrueAsync(() => watch.Worst!.Reason == "it cannot go on: disk full", "the guard to say so");
        watch.Worst!.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public async Task Samplers_end_with_the_watch()
    {
        var watch = Watch(Ping("vmk"));
        await TicksAsync(2, targets: 2);
        await watch.DisposeAsync();

        var kept = _kept.Count;
        for (var n = 0; n < 20; n++)
            _clock.Advance(Interval);
        _kept.Count.ShouldBe(kept);
    }

    [Fact]
    public async Task Worst_is_the_worst_of_all()
    {
        await using var watch = Watch(Failures(1), Window("00:30", "02:00"));
        watch.Worst!.Verdict.ShouldBe(Verdict.Healthy);

        watch.TargetFailed("esx-01");
        watch.TargetFailed("esx-02");

        watch.Worst!.Guard.ShouldBe("failures");
        watch.Worst.Verdict.ShouldBe(Verdict.Breached);
        watch.All.Select(state => state.Verdict).ShouldBe([Verdict.Breached, Verdict.Healthy]);
    }

    [Fact]
    public async Task Window_closes_and_opens_by_the_clock_alone()
    {
        await using var watch = Watch(Window("00:30", "02:00"));
        var change = watch.WaitForChangeAsync(TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromHours(1));
        await change;

        watch.Worst!.Reason.ShouldBe("the window is closed; it opens next on Wed 2026-11-25 00:30 UTC");
        watch.Worst.Since.ShouldBe(Start.AddHours(1));
        _clock.Advance(TimeSpan.FromHours(22.5));
        watch.Worst.Verdict.ShouldBe(Verdict.Healthy);
    }

    [Fact]
    public async Task Time_zone_of_a_window_that_nobody_knows_is_a_usage_error() =>
        (await Should.ThrowAsync<OpsKitException>(async () => await Watch(Window("00:30", "02:00") with { TimeZone = "Mars/Olympus" }).DisposeAsync()))
            .Message.ShouldBe("p.yaml:3:5: guard window: this jump host knows no time zone Mars/Olympus");

    private async Task BaselineAsync(GuardWatch watch)
    {
        var baseline = watch.BaselineAsync(Interval * 4, TestContext.Current.CancellationToken);
        await TicksAsync(4, targets: 2, alsoWaiting: 1);
        await baseline;
    }

    /// <summary>
    /// Lets time pass until so many more probes of each target were kept. Their times are spread evenly, so each step brings one sample; the next step
    /// is taken when that one is kept and the sampler and the watch wait for the clock again.
    /// </summary>
    private async Task TicksAsync(int probes, int targets, int alsoWaiting = 0)
    {
        for (var step = 0; step < probes * targets; step++)
        {
            await SettledAsync(targets);
            await _clock.AdvanceWhenAsync(2 + alsoWaiting, Interval / targets);
        }

        await SettledAsync(targets);
    }

    private Task SettledAsync(int targets)
    {
        var due = 1 + (int)((_clock.GetUtcNow() - Start) / (Interval / targets));
        return Eventually.TrueAsync(() => _kept.Count == due, $"{due} samples");
    }

    private GuardWatch Watch(params GuardSpec[] specs) => GuardWatch.Start(specs, Targets("vmk", 2), Doors(), _kept.Enqueue, CancellationToken.None);

    private GuardDoors Doors() => new()
    {
        Icmp = _probe, Tcp = _probe, Processes = new ProcessRunner(TimeProvider.System), Clock = _clock, WorkingDirectory = Path.GetTempPath(),
    };

    private static Dictionary<string, IReadOnlyList<ProbeTarget>> Targets(string guard, int count) =>
        new() { [guard] = [.. Enumerable.Range(1, count).Select(n => new ProbeTarget($"esx-{n:00}", $"192.0.2.{n}"))] };

    private static PingGuardSpec Ping(string name) => new() { Name = name, At = "p.yaml:3:5", Targets = ["esx-*"], Interval = Interval };

    private static FailuresGuardSpec Failures(int most) => new() { Name = "failures", At = "p.yaml:4:5", Most = most };

    private static WindowGuardSpec Window(string from, string to) => new()
    {
        Name = "window", At = "p.yaml:3:5", From = TimeOnly.ParseExact(from, "HH:mm"), To = TimeOnly.ParseExact(to, "HH:mm"), TimeZone = "UTC",
    };

    private sealed class ScriptedProbe : IProbe
    {
        public ConcurrentDictionary<string, bool> Silent { get; } = new();

        public OpsKitException? Refusal { get; set; }

        public Task<ProbeReply> SendAsync(ProbeTarget target, TimeSpan timeout, CancellationToken cancellationToken) => Refusal is not null
            ? Task.FromException<ProbeReply>(Refusal)
            : Task.FromResult(Silent.ContainsKey(target.Name) ? new ProbeReply(false, timeout, "timed out") : new ProbeReply(true, TimeSpan.FromMilliseconds(2), null));
    }
}
