using CsCheck;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Tests.Guards;

public sealed class PingPolicyTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly PingGuardSpec Spec = new() { Name = "vmk", At = "p.yaml:3:5", Targets = ["esx-*"], Interval = Interval, Timeout = TimeSpan.FromSeconds(1), ConsecutiveLosses = 5 };

    [Fact]
    public void Guard_without_samples_is_inconclusive()
    {
        var judgement = new PingPolicy(Spec, ["esx-01"]).Judge(TimeSpan.Zero, begun: false);

        judgement.Verdict.ShouldBe(Verdict.Inconclusive);
        judgement.Reason.ShouldBe("there are no samples yet");
    }

    [Fact]
    public void Guard_without_targets_is_inconclusive() =>
        new PingPolicy(Spec, []).Judge(TimeSpan.Zero, begun: true).Reason.ShouldBe("there is no address to watch");

    [Theory]
    [InlineData("........", Verdict.Healthy, "all 2 targets answer")]
    [InlineData("...xxxx", Verdict.Healthy, "all 2 targets answer")]
    [InlineData("...xxxxx", Verdict.Breached, "esx-01 does not answer: 5 probes in a row lost")]
    [InlineData("...xxxxx.....", Verdict.Breached, "esx-01 does not answer: 5 probes in a row lost")]
    [InlineData("...xxxx.xxxx.xxxx", Verdict.Healthy, "all 2 targets answer")]
    [InlineData("...xx--xx", Verdict.Inconclusive, "this machine is held up: nothing was heard in time of esx-01")]
    [InlineData("...xx--xxx", Verdict.Breached, "esx-01 does not answer: 5 probes in a row lost")]
    [InlineData("...-----", Verdict.Inconclusive, "this machine is held up: nothing was heard in time of esx-01")]
    [InlineData("...-----.", Verdict.Healthy, "all 2 targets answer")]
    [InlineData("xx", Verdict.Inconclusive, "esx-01 has not answered so far")]
    [InlineData("xxxxxxxxxx", Verdict.Inconclusive, "esx-01 has not answered so far")]
    public void Verdict_follows_from_the_losses_of_one_target(string first, Verdict verdict, string reason)
    {
        var judgement = Run(Spec, begun: true, first, new string('.', first.Length));

        judgement.Verdict.ShouldBe(verdict);
        judgement.Reason.ShouldBe(reason);
    }

    [Fact]
    public void Outage_breaches_once_it_is_that_long_for_certain()
    {
        var spec = Spec with { ConsecutiveLosses = 10_000, Outage = TimeSpan.FromSeconds(1) };

        Run(spec, begun: true, ".xxxx").Verdict.ShouldBe(Verdict.Healthy);
        Run(spec, begun: true, ".xxxxx").Reason.ShouldBe("esx-01 does not answer: for 1s");
    }

    [Fact]
    public void Share_of_targets_lets_fewer_be_lost()
    {
        var spec = Spec with { ShareOfTargets = 0.5m, ConsecutiveLosses = 2 };

        Run(spec, begun: true, "...", ".xx", "...", "...").ShouldBe(new Judgement(Verdict.Healthy, "", "3 of 4 targets answer"));
        Run(spec, begun: true, "...", ".xx", "...", ".xx").Reason.ShouldBe("2 of 4 targets (esx-02, esx-04) do not answer: 2 probes in a row lost");
        Run(spec, begun: true, "xxx", "...", "...", "...").Verdict.ShouldBe(Verdict.Healthy);
        Run(spec, begun: true, "xxx", ".xx", "...", "...").Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void All_targets_silent_at_once_before_the_first_step_mean_this_machine()
    {
        var before = Run(Spec, begun: false, "...xxxxx", "...xxxxx");

        before.Verdict.ShouldBe(Verdict.Inconclusive);
        before.Reason.ShouldBe("all 2 targets fell silent before the first step, and nothing else answers: look at this machine's own network");
        Run(Spec, begun: false, "...xxxxx", "........").Verdict.ShouldBe(Verdict.Breached);
    }

    [Theory]
    [InlineData("...xxxxx", "...xxxxx", Verdict.Inconclusive, "all 2 targets fell silent together, and nothing else answers: look at this machine's own network")]
    [InlineData("...xxxxxxxx.", "...xxxxxxxx.", Verdict.Healthy, "all 2 targets answer")]
    [InlineData("...xxxxxxxx.", "...xxxxxxxxx", Verdict.Inconclusive, "esx-02 is not back after a silence that all targets shared")]
    [InlineData("...xxxxxxxx....", "...xxxxxxxxxxxx", Verdict.Inconclusive, "esx-02 is not back after a silence that all targets shared")]
    [InlineData("...xxxxxxxx.....", "...xxxxxxxxxxxxx", Verdict.Breached, "esx-02 does not answer: 5 probes in a row lost")]
    [InlineData("...xxxxx", ".....xxx", Verdict.Inconclusive, "all 2 targets fell silent together, and nothing else answers: look at this machine's own network")]
    [InlineData("...xxxxx", ".......x", Verdict.Breached, "esx-01 does not answer: 5 probes in a row lost")]
    public void Silence_that_all_targets_share_is_held_against_none_of_them(string first, string second, Verdict verdict, string reason)
    {
        var judgement = Run(Spec, begun: true, first, second);

        judgement.Verdict.ShouldBe(verdict);
        judgement.Reason.ShouldBe(reason);
    }

    [Fact]
    public void Share_of_all_targets_asks_for_just_that() =>
        Run(Spec with { ShareOfTargets = 1 }, begun: true, "...xxxxx", "...xxxxx").Reason.ShouldBe("2 of 2 targets (esx-01, esx-02) do not answer: 5 probes in a row lost");

    [Fact]
    public void Tally_tells_losses_since_any_moment() => Gen.Select(Gen.Bool.Array[1, 60], Gen.Int[0, 60]).Sample((answers, from) =>
    {
        var tally = new PingTally("esx-01", TimeSpan.Zero, Interval);
        foreach (var (place, answered) in answers.Index())
            tally.Add(place, answered ? Heard.Answer : Heard.Loss);

        var since = answers.Skip(from).Select(answered => answered ? Heard.Answer : Heard.Loss).ToArray();
        var (lost, longest, began) = tally.LostSince(Interval * from);
        lost.ShouldBe(since.Count(heard => heard == Heard.Loss));
        longest.ShouldBe(Interval * LongestRun(since));
        (began is null).ShouldBe(lost == 0);
        tally.Clean.ShouldBe(answers.Reverse().TakeWhile(answered => answered).Count());
    });

    [Fact]
    public void Target_that_never_answered_is_lost_only_after_it_has()
    {
        var policy = new PingPolicy(Spec, ["esx-01"]);
        for (var n = 0; n < 20; n++)
            policy.Add(0, n, Heard.Loss);
        policy.Judge(Interval * 20, begun: true).Verdict.ShouldBe(Verdict.Inconclusive);
        policy.Add(0, 20, Heard.Answer);
        policy.Judge(Interval * 21, begun: true).Verdict.ShouldBe(Verdict.Healthy);
        for (var n = 21; n < 26; n++)
            policy.Add(0, n, Heard.Loss);
        policy.Judge(Interval * 26, begun: true).Verdict.ShouldBe(Verdict.Breached);
    }

    [Fact]
    public void Sampler_that_stands_still_is_inconclusive_by_the_clock_alone()
    {
        var policy = new PingPolicy(Spec, ["esx-01"]);
        policy.Add(0, 0, Heard.Answer);

        policy.Judge(TimeSpan.FromSeconds(2), begun: true).Verdict.ShouldBe(Verdict.Healthy);
        policy.Judge(TimeSpan.FromSeconds(3), begun: true).Reason.ShouldBe("this machine is held up: nothing was heard in time of esx-01");
    }

    [Fact]
    public void Statistics_are_those_of_the_samples_sent_in_whatever_order_they_come() =>
        Gen.Select(Gen.Enum<Heard>().Array[1, 60], Gen.Int[0, 1000]).Sample((samples, seed) =>
        {
            var tally = new PingTally("esx-01", TimeSpan.Zero, Interval);
            var order = samples.Index().ToArray();
            new Random(seed).Shuffle(order);
            foreach (var (place, heard) in order)
                tally.Add(place, heard);

            var sent = samples.Where(heard => heard != Heard.Nothing).ToArray();
            tally.Sent.ShouldBe(sent.Length);
            tally.Lost.ShouldBe(sent.Count(heard => heard == Heard.Loss));
            tally.LongestOutage.ShouldBe(Interval * LongestRun(sent));
            tally.Run.ShouldBe(sent.Reverse().TakeWhile(heard => heard == Heard.Loss).Count());
            var first = Array.IndexOf(samples, Heard.Loss);
            tally.FirstLoss.ShouldBe(first < 0 ? null : Interval * first);
        });

    [Fact]
    public void Breach_comes_exactly_with_the_first_run_of_losses_that_is_long_enough() =>
        Gen.Select(Gen.Bool.Array[1, 80], Gen.Int[1, 6]).Sample((answers, limit) =>
        {
            answers = [true, .. answers];
            var policy = new PingPolicy(Spec with { ConsecutiveLosses = limit }, ["esx-01"]);
            var run = 0;
            var breached = false;
            for (var n = 0; n < answers.Length; n++)
            {
                run = answers[n] ? 0 : run + 1;
                breached |= run >= limit;
                policy.Add(0, n, answers[n] ? Heard.Answer : Heard.Loss);
                policy.Judge(Interval * n, begun: true).Verdict.ShouldBe(breached ? Verdict.Breached : Verdict.Healthy);
            }
        });

    [Fact]
    public void Healthy_holds_whatever_the_unheard_probes_were_and_a_breach_holds_if_they_were_losses() =>
        Gen.Select(Gen.Enum<Heard>().Array[20].Array[1, 5], Gen.Bool, Gen.Decimal[0.01m, 1]).Sample((targets, answered, share) =>
        {
            var spec = Spec with { ConsecutiveLosses = 3, ShareOfTargets = share };
            var known = targets.Select(target => target.Select(heard => heard == Heard.Nothing ? answered ? Heard.Answer : Heard.Loss : heard).ToArray()).ToArray();
            var (blurred, clear) = (Worst(spec, targets), Worst(spec, known));
            if (blurred == Verdict.Healthy || (blurred == Verdict.Breached && !answered))
                clear.ShouldBe(blurred);
        });

    private static Verdict Worst(PingGuardSpec spec, Heard[][] targets)
    {
        var policy = new PingPolicy(spec, [.. targets.Select((_, n) => $"esx-{n + 1:00}")]);
        var worst = Verdict.Healthy;
        for (var n = 0; n < targets[0].Length + 1; n++)
        {
            for (var t = 0; t < targets.Length; t++)
                policy.Add(t, n, n == 0 ? Heard.Answer : targets[t][n - 1]);
            worst = (Verdict)Math.Max((int)worst, (int)policy.Judge(spec.Interval * n, begun: true).Verdict);
        }

        return worst;
    }

    private static int LongestRun(Heard[] sent)
    {
        var (longest, run) = (0, 0);
        foreach (var heard in sent)
        {
            run = heard == Heard.Loss ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static Judgement Run(PingGuardSpec spec, bool begun, params string[] targets)
    {
        var policy = new PingPolicy(spec, [.. targets.Select((_, n) => $"esx-{n + 1:00}")]);
        var judgement = default(Judgement);
        for (var n = 0; n < targets[0].Length; n++)
        {
            for (var t = 0; t < targets.Length; t++)
            {
                policy.Add(t, n, targets[t][n] switch { '.' => Heard.Answer, 'x' => Heard.Loss, _ => Heard.Nothing });
                judgement = policy.Judge(spec.Interval * n, begun);
            }
        }

        return judgement;
    }
}
