using OpsKit.Connections;
using OpsKit.Engine.Runs;
using static OpsKit.Crash.Tests.CrashBench;

namespace OpsKit.Crash.Tests;

/// <summary>A run killed at each named point of a change's life.</summary>
public sealed class KillPointTests
{
    private const string OneHost = """
        name: one host
        steps:
          - uses: host.rolling-maintenance
            targets: esx02
            with: {reboot: true, settle: 0s}
        """;

    private const string WithoutRestart = """
        name: one host
        steps:
          - uses: host.rolling-maintenance
            targets: esx02
        """;

    private static readonly string[] Operations = [Enter, Reboot, Exit];

    [Fact]
    public async Task Killed_while_planning_nothing_is_on_record_and_nothing_was_done()
    {
        await using var bench = await StartAsync(OneHost, speed: 100, confirm: "esx02.lab.example");
        var held = await bench.Lab.AddFaultAsync("slow", "RetrievePropertiesEx", delay: TimeSpan.FromDays(1));
        using (var program = bench.Apply())
            await KillAsync(program, bench.Lab.StruckAsync(held));

        (await bench.Lab.ChangesAsync()).ShouldBeEmpty();
        using (var journal = bench.OpenJournal())
            journal.List().ShouldBeEmpty();
        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync(Each(Operations, "esx02"));
    }

    /// <summary>What is read just before the change is asked for is held up: the intent is durable, and nothing was sent.</summary>
    [Fact]
    public async Task Killed_between_intent_and_call_it_is_begun_when_taken_up()
    {
        await using var bench = await StartAsync(OneHost, speed: 100, confirm: "esx02.lab.example");
        using (var planning = bench.Opskit.Start("", "plan", "crash.yaml", "--inventory", bench.Lab.Inventory))
            (await planning.EndAsync()).ExitCode.ShouldBe(0);
        var ofPlanning = (await bench.Lab.LogAsync()).Count(operation => operation.Operation == "RetrievePropertiesEx");
        var held = await bench.Lab.AddFaultAsync("slow", "RetrievePropertiesEx", after: ofPlanning, delay: TimeSpan.FromDays(1));
        using (var program = bench.Apply())
            await KillAsync(program, bench.Lab.StruckAsync(held));

        (await bench.Lab.ChangesAsync()).ShouldBeEmpty();
        using (var journal = bench.OpenJournal())
        {
            var open = journal.Find("last").Changes[0];
            (open.Status, open.Attempts, open.Note).ShouldBe((ChangeStatus.Intended, 1, null));
        }

        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync(Each(Operations, "esx02"));
    }

    /// <summary>The request was received and waits in the server; who sent it is gone, and whoever takes the run up is faster than the server.</summary>
    [Theory]
    [InlineData(Enter)]
    [InlineData(Reboot)]
    [InlineData(Exit)]
    public async Task Killed_while_the_request_is_on_its_way_it_is_not_sent_again(string operation)
    {
        await using var bench = await StartAsync(PlaybookOf(operation), speed: 100, confirm: "esx02.lab.example");
        var held = await bench.Lab.AddFaultAsync("slow", operation, delay: TimeSpan.FromSeconds(800));
        using (var program = bench.Apply())
            await KillAsync(program, bench.Lab.StruckAsync(held));

        // Whoever takes it up dies while he looks, too.
        using (var program = bench.Resume())
            await KillAsync(program, bench.HappensAsync("run-resumed"));

        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync(Each(OperationsWith(operation), "esx02"));
    }

    [Theory]
    [InlineData(Enter)]
    [InlineData(Reboot)]
    [InlineData(Exit)]
    public async Task Killed_before_the_answer_came_the_task_is_found(string operation)
    {
        await using var bench = await StartAsync(PlaybookOf(operation), speed: 40, confirm: "esx02.lab.example");
        var held = await bench.Lab.AddFaultAsync("slow", operation, delay: TimeSpan.FromSeconds(60));
        using (var program = bench.Apply())
            await KillAsync(program, AnswerLostAsync());
        bench.Answers.Open();

        using (var journal = bench.OpenJournal())
            journal.Find("last").Changes.Single(change => change.Status == ChangeStatus.Intended).Note.ShouldNotBeNull().ShouldNotContain("task=");
        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync(Each(OperationsWith(operation), "esx02"));

        async Task AnswerLostAsync()
        {
            await bench.Lab.StruckAsync(held);
            bench.Answers.Shut();
            await bench.Lab.ReceivedAsync(operation);
        }
    }

    [Theory]
    [InlineData(Enter)]
    [InlineData(Reboot)]
    [InlineData(Exit)]
    public async Task Killed_while_the_task_runs_it_is_attached_to(string operation)
    {
        await using var bench = await StartAsync(PlaybookOf(operation), speed: 20, confirm: "esx02.lab.example");
        using (var program = bench.Apply())
            await KillAsync(program, bench.HappensAsync("change-note", "task=", OperationsWith(operation).IndexOf(operation) + 1));

        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync(Each(OperationsWith(operation), "esx02"));
    }

    [Theory]
    [InlineData("change-done", 1)]
    [InlineData("change-done", 2)]
    [InlineData("change-done", 3)]
    [InlineData("step-ended", 1)]
    public async Task Killed_between_changes_the_next_one_is_begun(string kind, int times)
    {
        await using var bench = await StartAsync(OneHost, speed: 300, confirm: "esx02.lab.example");
        using (var program = bench.Apply())
            await KillAsync(program, bench.HappensAsync(kind, times: times));

        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync(Each(Operations, "esx02"));
    }

    [Fact]
    public async Task Killed_between_batches_and_steps_the_rest_is_done_as_it_was_planned()
    {
        await using var bench = await StartAsync(
            """
            name: batches and steps
            steps:
              - uses: host.rolling-maintenance
                targets: cluster:cl01
                batch: [1, all]
              - uses: host.enter-maintenance
                targets: [esx03, esx04]
              - uses: host.rolling-maintenance
                targets: [esx01, esx02]
              - uses: host.exit-maintenance
                targets: [esx03, esx04]
            """,
            speed: 40,
            confirm: "cl01");
        foreach (var (kind, times) in new[] { ("change-done", 2), ("step-ended", 1), ("planned-again", 1), ("step-ended", 2) })
        {
            using var program = bench.Next();
            program.ShouldNotBeNull($"the run is over before {times} {kind}");
            await KillAsync(program, bench.HappensAsync(kind, times: times));
        }

        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync(
            Each([Enter, Exit], "esx01", "esx02", "esx03", "esx04").Concat(Each([Enter, Exit], "esx01", "esx02", "esx03", "esx04")));
    }

    private static string PlaybookOf(string operation) => operation == Reboot ? OneHost : WithoutRestart;

    private static List<string> OperationsWith(string operation) => operation == Reboot ? [Enter, Reboot, Exit] : [Enter, Exit];
}
