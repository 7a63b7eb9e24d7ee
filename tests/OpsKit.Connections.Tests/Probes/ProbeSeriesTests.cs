using OpsKit.TestKit;
using OpsKit.Connections;
using OpsKit.Connections.Probes;

namespace OpsKit.Connections.Tests.Probes;

public sealed class ProbeSeriesTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly LeapingClock _clock = new();

    [Fact]
    public async Task Series_over_an_hour_does_not_drift_when_answers_are_slow()
    {
        var probe = new ScriptedProbe((_, _) => new ProbeReply(true, TimeSpan.FromMilliseconds(900), null));
        var samples = await RunAsync(probe, [new ProbeTarget("a", "192.0.2.1")], ticks: 14_400);

        samples.Count.ShouldBe(14_400);
        samples.Select(sample => sample.Sequence).ShouldBe(Enumerable.Range(0, 14_400).Select(n => (long)n));
        samples[^1].Due.ShouldBe(Interval * 14_399);
        samples.ShouldAllBe(sample => sample.Lateness == TimeSpan.Zero);
    }

    [Fact]
    public async Task Targets_are_spread_over_the_interval()
    {
        var targets = Enumerable.Range(0, 100).Select(n => new ProbeTarget($"t{n}", $"192.0.2.{n}")).ToArray();
        var samples = await RunAsync(new ScriptedProbe((_, _) => new ProbeReply(true, TimeSpan.Zero, null)), targets, ticks: 4);

        var first = samples.Where(sample => sample.Sequence == 0).Select(sample => sample.Due).ToArray();
        first.Length.ShouldBe(100);
        first.Distinct().Count().ShouldBe(100);
        first.ShouldAllBe(due => due < Interval);
    }

    [Fact]
    public async Task A_sampler_that_is_held_up_says_so_instead_of_blaming_the_target()
    {
        var held = false;
        var probe = new ScriptedProbe((_, sequence) =>
        {
            if (sequence == 2 && !held)
            {
                held = true;
                _clock.Advance(Interval * 5);
            }

            return new ProbeReply(true, TimeSpan.Zero, null);
        });
        var samples = await RunAsync(probe, [new ProbeTarget("a", "192.0.2.1")], ticks: 12);

        samples.Where(sample => sample.IsSkipped).Select(sample => sample.Sequence).ShouldBe([3, 4, 5, 6]);
        samples.Where(sample => !sample.IsSkipped).ShouldAllBe(sample => sample.Reply!.Value.Answered);
        samples.Where(sample => sample.IsSkipped).ShouldAllBe(sample => sample.Lateness >= Interval);
    }

    [Fact]
    public async Task A_machine_that_may_not_send_ends_the_series_with_the_reason()
    {
        var probe = new ScriptedProbe((_, _) => throw new OpsKitException(FailureKind.Usage, "this machine does not let the user send ICMP"));

        var failure = await Should.ThrowAsync<OpsKitException>(() => RunAsync(probe, [new ProbeTarget("a", "192.0.2.1")], ticks: 3));

        failure.Message.ShouldContain("does not let the user send ICMP");
    }

    [Fact]
    public void An_interval_below_50_ms_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ProbeSeries(new ScriptedProbe((_, _) => default), [], TimeSpan.FromMilliseconds(49), Interval, _clock));

    private async Task<List<ProbeSample>> RunAsync(IProbe probe, ProbeTarget[] targets, int ticks)
    {
        var series = new ProbeSeries(probe, targets, Interval, TimeSpan.FromSeconds(1), _clock);
        using var stop = new CancellationTokenSource();
        var samples = new List<ProbeSample>();
        await foreach (var sample in series.RunAsync(stop.Token))
        {
            samples.Add(sample);
            if (samples.Count == ticks * targets.Length)
                break;
        }

        return samples;
    }

    private sealed class ScriptedProbe(Func<ProbeTarget, long, ProbeReply> answer) : IProbe
    {
        private long _sent;

        public Task<ProbeReply> SendAsync(ProbeTarget target, TimeSpan timeout, CancellationToken cancellationToken) =>
            Task.FromResult(answer(target, Interlocked.Increment(ref _sent) - 1));
    }
}
