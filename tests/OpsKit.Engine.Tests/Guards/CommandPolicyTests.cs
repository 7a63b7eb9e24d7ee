using OpsKit.Connections.Platform;
using OpsKit.Engine.Guards;

namespace OpsKit.Engine.Tests.Guards;

public sealed class CommandPolicyTests
{
    [Theory]
    [InlineData(0, "", "", Verdict.Healthy, "it ended with 0")]
    [InlineData(0, "lag 2 s\nmore", "", Verdict.Healthy, "lag 2 s")]
    [InlineData(1, "\n  lag 90 s\r\n", "", Verdict.Breached, "lag 90 s")]
    [InlineData(1, "", "cannot stand it\n", Verdict.Breached, "cannot stand it")]
    [InlineData(1, "", "", Verdict.Breached, "it ended with 1")]
    [InlineData(2, "", "no route", Verdict.Inconclusive, "it ended with 2, which says nothing (0 is healthy, 1 a breach): no route")]
    [InlineData(137, "", "", Verdict.Inconclusive, "it ended with 137, which says nothing (0 is healthy, 1 a breach)")]
    public void Exit_code_decides_and_the_first_line_is_the_reason(int code, string output, string error, Verdict verdict, string reason)
    {
        var judgement = CommandPolicy.Judge(new ProcessResult(code, output, error));

        judgement.Verdict.ShouldBe(verdict);
        judgement.Reason.ShouldBe(reason);
    }

    [Fact]
    public void Long_line_is_cut() => CommandPolicy.Judge(new ProcessResult(1, new string('a', 10_000), "")).Reason.Length.ShouldBe(201);

    [Fact]
    public void Program_that_did_not_run_says_nothing() =>
        CommandPolicy.Judge("cannot be started").ShouldBe(new Judgement(Verdict.Inconclusive, "failed", "cannot be started"));
}
