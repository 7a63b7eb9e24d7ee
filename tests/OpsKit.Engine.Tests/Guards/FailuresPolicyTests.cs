using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Tests.Guards;

public sealed class FailuresPolicyTests
{
    private static readonly FailuresGuardSpec Spec = new() { Name = "failures", At = "p.yaml:3:5", Most = 2 };

    [Theory]
    [InlineData(0, Verdict.Healthy, "no target failed")]
    [InlineData(1, Verdict.Healthy, "1 target failed")]
    [InlineData(2, Verdict.Healthy, "2 targets failed")]
    [InlineData(3, Verdict.Breached, "3 targets failed, 2 may")]
    public void More_failures_than_may_be_are_a_breach(int failed, Verdict verdict, string reason)
    {
        var judgement = FailuresPolicy.Judge(Spec, failed);

        judgement.Verdict.ShouldBe(verdict);
        judgement.Reason.ShouldBe(reason);
    }

    [Fact]
    public void Target_that_fails_twice_counts_once()
    {
        var watch = new FailuresWatch(Spec with { Most = 1 });
        watch.TargetFailed("esx-01");
        watch.TargetFailed("ESX-01");
        watch.Judge().Verdict.ShouldBe(Verdict.Healthy);

        watch.TargetFailed("esx-02");
        watch.Judge().Verdict.ShouldBe(Verdict.Breached);
    }
}
