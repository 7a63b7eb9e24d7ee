using Microsoft.Extensions.Time.Testing;
using OpsKit.Cli.Commands.Runs;
using OpsKit.Cli.Terminals;
using OpsKit.Engine.Runs;
using OpsKit.TestKit;

namespace OpsKit.Cli.Tests.Commands.Runs;

public sealed class LiveFrameTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 31, 22, 0, 0, TimeSpan.Zero));
    private readonly RunBoard _board;
    private readonly LiveFrame _frame;

    public LiveFrameTests()
    {
        _board = new RunBoard(_clock);
        _frame = new LiveFrame(_clock, _clock, RunScene.Plain);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(160, 24)]
    [InlineData(80, 8)]
    [InlineData(40, 24)]
    public void Step_under_way_fits_the_screen(int width, int height)
    {
        Play();

        var lines = _frame.Now(_board, new ScreenSize(width, height));

        lines.ShouldAllBe(line => TableCells.WidthOf(line) < width && !line.Contains('\u001b'));
        lines.Count.ShouldBeLessThan(height);
        Golden.ShouldMatch(string.Join('\n', lines) + "\n", $"live-{width}x{height}.txt");
    }

    [Fact]
    public void Step_that_is_over_stays_as_one_line()
    {
        Play();
        var size = new ScreenSize(120, 24);

        _frame.Over(_board, completed: true, size).ShouldBe(["✗ Step 2  restart Prod: 1 done, 1 nothing to do, 1 failed, 1 not assessed, 1 working, 1 waiting, 1:05"]);
        _frame.Over(_board, completed: false, size)[0].ShouldStartWith("■ Step 2");
    }

    [Fact]
    public void Step_without_failures_is_ticked()
    {
        var step = RunScene.Plan.Steps[0];
        _board.Begin(step);
        _board.Move(step.Targets[0].Target, TargetPhase.Done, "the operator went on", null);

        _frame.Over(_board, completed: true, new ScreenSize(80, 24)).ShouldBe(["✓ Step 1  hands off: 1 done, 0:00"]);
    }

    [Fact]
    public void Nothing_is_drawn_between_steps()
    {
        _frame.Now(_board, new ScreenSize(80, 24)).ShouldBeEmpty();
        _frame.Over(_board, completed: true, new ScreenSize(80, 24)).ShouldBeEmpty();
    }

    [Fact]
    public void Share_alone_is_no_news_and_does_not_set_the_time_back()
    {
        var step = RunScene.Plan.Steps[1];
        _board.Begin(step);
        _board.Move(step.Targets[0].Target, TargetPhase.Working, "moving", 0.1).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(5));

        _board.Move(step.Targets[0].Target, TargetPhase.Working, "moving", 0.2).ShouldBeFalse();
        _clock.GetElapsedTime(_board.Rows[0].Since).ShouldBe(TimeSpan.FromSeconds(5));
    }

    private void Play()
    {
        var step = RunScene.Plan.Steps[1];
        _board.Begin(step);
        _board.Move(step.Targets[0].Target, TargetPhase.Done, "in service", null);
        _board.Move(step.Targets[2].Target, TargetPhase.Unchanged, "nothing to do", null);
        _clock.Advance(TimeSpan.FromSeconds(50));
        _board.Move(step.Targets[1].Target, TargetPhase.Working, "3 VMs remain: app01, db01, web01", 0.62);
        _board.Move(step.Targets[4].Target, TargetPhase.Failed, "the task ended without an error, but the host is not in maintenance mode", null);
        _board.Move(step.Targets[5].Target, TargetPhase.NotAssessed, "no answer \u001b[2J in time", null);
        _board.Move(RunScene.Healthy("night"));
        _board.Move(RunScene.Breached("half of Prod answers"));
        _clock.Advance(TimeSpan.FromSeconds(15.3));
    }
}
