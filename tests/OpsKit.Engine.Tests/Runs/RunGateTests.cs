using OpsKit.Engine.Guards;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Targets;
using OpsKit.TestKit;

namespace OpsKit.Engine.Tests.Runs;

public sealed class RunGateTests : IAsyncLifetime
{
    private readonly RunBench _bench = new("esx01");
    private readonly RecordingConsole _console = new();
    private Engine.Journal.RunJournal _journal = null!;
    private IRunWriter _writer = null!;
    private RunGate _gate = null!;

    public async ValueTask InitializeAsync()
    {
        _journal = _bench.Open();
        await using var doors = _bench.Doors();
        var plan = await new Planner(doors).PlanAsync(RunBench.Playbook(RunBench.Step(new ScriptedVerb())), TargetLimit.None, "1", Token);
        _writer = _journal.Begin(RunBench.StartOf(plan), plan);
        _gate = new RunGate(_bench.Guards, _console, _writer);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        await _writer.DisposeAsync();
        _journal.Dispose();
        _bench.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_guards_everything_may_begin() => (await _gate.MayBeginAsync(Token)).ShouldBeTrue();

    [Fact]
    public async Task Breach_stops_once_and_for_all()
    {
        _bench.Guards.Say(Verdict.Breached, "silent");
        (await _gate.MayBeginAsync(Token)).ShouldBeFalse();
        _bench.Guards.Say(Verdict.Healthy, "answers again");

        (await _gate.MayBeginAsync(Token)).ShouldBeFalse();
        _gate.Stopped!.Reason.ShouldBe("silent");
        _console.Asked.ShouldBeEmpty();
        _bench.Events.Count(happened => happened.Kind == "guard-breached").ShouldBe(1);
    }

    [Fact]
    public async Task Doubt_is_asked_about_once_and_the_answer_holds_until_the_guard_knows_better()
    {
        _bench.Guards.Say(Verdict.Inconclusive, "no samples");
        var both = await Task.WhenAll(_gate.MayBeginAsync(Token), _gate.MayBeginAsync(Token));

        both.ShouldBe([true, true]);
        (await _gate.MayBeginAsync(Token)).ShouldBeTrue();
        _console.Asked.ShouldBe(["guard watch cannot tell: no samples. Go on?"]);
        _bench.Events.Select(happened => happened.Kind).ShouldBe(["run-started", "paused", "resumed"]);

        _bench.Guards.Say(Verdict.Healthy, "all answer");
        (await _gate.MayBeginAsync(Token)).ShouldBeTrue();
        _bench.Guards.Say(Verdict.Inconclusive, "no samples");
        (await _gate.MayBeginAsync(Token)).ShouldBeTrue();
        _console.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Operator_who_does_not_go_on_stops_the_run()
    {
        _console.Answer = (_, _) => Task.FromResult(false);
        _bench.Guards.Say(Verdict.Inconclusive, "no samples");

        (await _gate.MayBeginAsync(Token)).ShouldBeFalse();
        _gate.Stopped!.Verdict.ShouldBe(Verdict.Inconclusive);
        _bench.Events.ShouldContain(happened => happened.Kind == "guard-inconclusive");
    }

    [Theory]
    [InlineData(Verdict.Healthy, true)]
    [InlineData(Verdict.Breached, false)]
    public async Task Guard_that_makes_up_its_mind_takes_the_question_back(Verdict verdict, bool may)
    {
        var withdrawn = new TaskCompletionSource();
        _console.Answer = async (_, token) =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                withdrawn.SetResult();
            }

            return true;
        };
        _bench.Guards.Say(Verdict.Inconclusive, "no samples");

        var asking = _gate.MayBeginAsync(Token);
        await Eventually.TrueAsync(() => !_console.Asked.IsEmpty, "the question");
        _bench.Guards.Say(verdict, "now it is known");

        (await asking).ShouldBe(may);
        await withdrawn.Task;
    }

    [Fact]
    public async Task Interrupted_question_ends()
    {
        using var interrupt = new CancellationTokenSource();
        _console.Answer = async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return true;
        };
        _bench.Guards.Say(Verdict.Inconclusive, "no samples");
        var asking = _gate.MayBeginAsync(interrupt.Token);
        await Eventually.TrueAsync(() => !_console.Asked.IsEmpty, "the question");

        await interrupt.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        _gate.Stopped.ShouldBeNull();
    }
}
