using OpsKit.Connections;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Tests.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Verbs;

public sealed class PauseVerbTests : IDisposable
{
    private readonly RunBench _bench = new();
    private readonly Playbook _playbook = PlaybookReader.Parse(
        """
        name: pause
        steps:
          - name: look
            uses: pause
            with: {instructions: Look at the fans}
        """,
        "p.yaml",
        null,
        [new PauseVerb()]);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Operator_who_goes_on_lets_the_run_go_on()
    {
        var outcome = await _bench.ApplyAsync(_playbook);

        outcome.Status.ShouldBe(RunStatus.Done);
        _bench.Console.Asked.ShouldBe(["Look at the fans"]);
        (_bench.Record.Changes[0].Status, _bench.Record.Changes[0].After).ShouldBe((ChangeStatus.Done, "the operator went on"));
    }

    [Fact]
    public async Task Operator_who_does_not_ends_it_and_is_asked_again_when_it_is_taken_up()
    {
        _bench.Console.Answer = (_, _) => Task.FromResult(false);
        var outcome = await _bench.ApplyAsync(_playbook);
        outcome.Failures.ShouldBe([FailureKind.StoppedByGuard]);
        _bench.Console.Answer = (_, _) => Task.FromResult(true);

        (await _bench.ResumeAsync(_playbook)).Status.ShouldBe(RunStatus.Done);

        _bench.Console.Asked.ShouldBe(["Look at the fans"]);
    }

    [Fact]
    public void Instructions_are_needed() =>
        Should.Throw<OpsKitException>(() => PlaybookReader.Parse("name: x\nsteps:\n  - uses: pause\n", "p.yaml", null, [new PauseVerb()])).Message.ShouldContain("instructions");
}
