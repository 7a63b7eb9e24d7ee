using OpsKit.Engine.Guards;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Runs;

public sealed class TextRunConsoleTests : IDisposable
{
    private static readonly StepPlan Step = new() { Number = 2, Name = "restart", Verb = "host.reboot", Targets = [], Batches = [], Timeout = TimeSpan.FromHours(1) };
    private static readonly Target Host = new() { Kind = TargetKind.Host, Name = "esx\u001b[31m01" };

    private readonly StringWriter _output = new() { NewLine = "\n" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Run_is_told_line_by_line_without_progress_and_with_hostile_text_escaped()
    {
        var console = new TextRunConsole(_output);

        console.StepStarted(Step);
        console.TargetMoved(Step, Host, TargetPhase.Working, "task 50 %", 0.5);
        console.TargetMoved(Step, Host, TargetPhase.NotAssessed, "gone\naway");
        console.TargetMoved(Step, Host, TargetPhase.Done, "");
        console.GuardMoved(new GuardState("ping", Verdict.Breached, "esx02 does not answer", DateTimeOffset.UnixEpoch));
        console.StepEnded(Step, completed: false);

        _output.ToString().ShouldBe(
            """
            step 2 started: restart
              esx\x1b[31m01: not assessed, gone
                  away
              esx\x1b[31m01: done
            guard ping: breached, esx02 does not answer
            step 2 stopped: restart

            """);
    }

    [Fact]
    public async Task Question_is_answered_no_unless_somebody_is_asked()
    {
        var alone = new TextRunConsole(_output);
        var attended = new TextRunConsole(_output) { Continue = (_, _) => Task.FromResult(true), GoOn = (question, _) => Task.FromResult(question.Contains("ping", StringComparison.Ordinal)) };

        (await alone.ContinueAsync("Change the card.", Token)).ShouldBeFalse();
        (await alone.GoOnAsync("guard ping cannot tell. Go on?", Token)).ShouldBeFalse();
        (await attended.ContinueAsync("Change the card.", Token)).ShouldBeTrue();
        (await attended.GoOnAsync("guard ping cannot tell. Go on?", Token)).ShouldBeTrue();

        _output.ToString().ShouldBe("Change the card. no\nguard ping cannot tell. Go on? no\nChange the card. yes\nguard ping cannot tell. Go on? yes\n");
    }
}
