using Microsoft.Extensions.Time.Testing;
using OpsKit.Cli.Commands.Runs;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Engine.Runs;

namespace OpsKit.Cli.Tests.Commands.Runs;

public sealed class LineConsoleTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 31, 22, 0, 0, TimeSpan.Zero));
    private readonly StringWriter _said = new() { NewLine = "\n" };
    private readonly RunQuestions _questions;
    private readonly LineConsole _console;

    public LineConsoleTests()
    {
        var terminal = new Terminal(TextWriter.Null, _said, TextReader.Null, new TerminalStreams(OutputIsTerminal: false, ErrorIsTerminal: false, InputIsTerminal: false, int.MaxValue));
        _questions = new RunQuestions(terminal, new Agreement(Yes: true, Name: null), _clock);
        _console = new LineConsole(terminal, _clock, _clock, _questions);
    }

    private string[] Lines => _said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        _questions.Dispose();
        await _said.DisposeAsync();
    }

    [Fact]
    public void Each_event_is_a_line_with_its_time()
    {
        var step = RunScene.Plan.Steps[1];
        _console.StepStarted(step);
        _clock.Advance(TimeSpan.FromSeconds(2));
        _console.TargetMoved(step, step.Targets[0].Target, TargetPhase.Working, "enter maintenance mode; 12 VMs to move away");
        _console.TargetMoved(step, step.Targets[0].Target, TargetPhase.Working, "enter maintenance mode; 12 VMs to move away");
        _console.TargetMoved(step, step.Targets[0].Target, TargetPhase.Working, "task 40 %", 0.4);
        _console.TargetMoved(step, step.Targets[0].Target, TargetPhase.Done, "in service");
        _console.TargetMoved(step, step.Targets[1].Target, TargetPhase.Failed, "it broke\u001b[2J\nhere");
        _console.TargetMoved(step, step.Targets[2].Target, TargetPhase.Unchanged, "nothing to do");
        _console.TargetMoved(step, step.Targets[3].Target, TargetPhase.Skipped, "not begun: enter maintenance mode");
        _console.TargetMoved(step, step.Targets[4].Target, TargetPhase.NotAssessed, "");
        _console.StepEnded(step, completed: false);
        _console.Say("something else");

        Lines.ShouldBe(
        [
            "22:00:00 step 2 started: restart Prod, 6 targets",
            "22:00:02 step 2 esx01.example.com: ... enter maintenance mode; 12 VMs to move away",
            "22:00:02 step 2 esx01.example.com: done, in service",
            $"22:00:02 step 2 esx02.example.com: FAILED, {SafeText.Line("it broke\u001b[2J")}",
            "         here",
            "22:00:02 step 2 esx03.example.com: unchanged, nothing to do",
            "22:00:02 step 2 esx04.example.com: skipped, not begun: enter maintenance mode",
            "22:00:02 step 2 esx05-with-a-name-that-takes-more-room-than-a-column-has.example.com: not assessed,",
            "22:00:02 step 2 stopped: 1 done, 1 nothing to do, 1 failed, 1 not assessed, 1 not begun, 1 waiting",
            "22:00:02 something else",
        ]);
        _said.ToString().ShouldNotContain('\u001b');
    }

    [Fact]
    public void Heartbeat_tells_every_half_minute_what_is_waited_for()
    {
        var step = RunScene.Plan.Steps[1];
        _console.StepStarted(step);
        _console.TargetMoved(step, step.Targets[0].Target, TargetPhase.Working, "enter maintenance mode");
        _console.TargetMoved(step, step.Targets[0].Target, TargetPhase.Working, "3 VMs remain", 0.62);

        Pass(seconds: 29);
        Lines.Length.ShouldBe(2);
        Pass(seconds: 1);
        Lines[^1].ShouldBe("22:00:30 step 2 still at work: 1 working, 5 waiting (esx01.example.com: 3 VMs remain 62%)");
        Pass(seconds: 30);
        Lines[^1].ShouldStartWith("22:01:00 step 2 still at work");
        Lines.Length.ShouldBe(4);
    }

    [Fact]
    public void Heartbeat_waits_while_there_is_news_and_ends_with_the_step()
    {
        var step = RunScene.Plan.Steps[1];
        _console.StepStarted(step);
        Pass(seconds: 20);
        _console.TargetMoved(step, step.Targets[0].Target, TargetPhase.Working, "restart");
        Pass(seconds: 20);
        Lines.Length.ShouldBe(2);
        _console.StepEnded(step, completed: true);
        Pass(seconds: 300);

        Lines.Length.ShouldBe(3);
    }

    [Fact]
    public void Heartbeat_names_three_of_many()
    {
        var step = RunScene.Plan.Steps[1];
        _console.StepStarted(step);
        foreach (var target in step.Targets.Take(4))
            _console.TargetMoved(step, target.Target, TargetPhase.Working, "restart");
        Pass(seconds: 30);

        Lines[^1].ShouldBe("22:00:30 step 2 still at work: 4 working, 2 waiting (esx01.example.com: restart; esx02.example.com: restart; esx03.example.com: restart, …)");
    }

    [Fact]
    public void Breached_guard_is_told_at_once()
    {
        _console.StepStarted(RunScene.Plan.Steps[1]);
        _console.GuardMoved(RunScene.Breached("vmk"));

        Lines[^1].ShouldBe("22:00:00 guard vmk: breached, 4 of 6 targets do not answer: esx01.example.com, esx02.example.com, esx03.example.com and 1 more");
    }

    [Fact]
    public async Task Pause_that_was_agreed_to_in_advance_is_shown_and_passed()
    {
        (await _console.ContinueAsync("Look at the fans", TestContext.Current.CancellationToken)).ShouldBeTrue();

        Lines.ShouldBe(["Look at the fans (agreed to in advance)"]);
    }

    private void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
            _clock.Advance(TimeSpan.FromSeconds(1));
    }
}
