using OpsKit.Engine.Runs;
using static OpsKit.Crash.Tests.CrashBench;

namespace OpsKit.Crash.Tests;

/// <summary>Ctrl-C and SIGTERM at random moments: an orderly end each time, and the run can be taken up.</summary>
public sealed class SignalTests
{
    private const string FourHosts = """
        name: four hosts
        steps:
          - uses: host.rolling-maintenance
            targets: cluster:cl01
            batch: [1, 2, all]
          - uses: host.enter-maintenance
            targets: esx03
          - uses: host.exit-maintenance
            targets: esx03
        """;

    [Theory]
    [InlineData("INT", 1)]
    [InlineData("INT", 2)]
    [InlineData("TERM", 3)]
    [InlineData("TERM", 4)]
    public async Task Signal_at_a_random_moment_ends_the_run_in_order(string signal, int seed)
    {
        var random = new Random(seed);
        await using var bench = await StartAsync(FourHosts, speed: 15, confirm: "cl01");
        for (var signals = 0; signals < 6 && bench.Next() is { } program; signals++)
        {
            using (program)
            {
                var end = program.EndAsync();
                await Task.WhenAny(end, program.SaysAsync("kept in"));
                if (await Task.WhenAny(end, Task.Delay(random.Next(1200), TestContext.Current.CancellationToken)) == end)
                    break;
                await TestKit.Shell.TryAsync("kill", "-s", signal, $"{program.Id}");
                var run = await end;
                run.ExitCode.ShouldBeOneOf([130, 0], run.Error);
                ShouldBeInOrder(bench, interrupted: run.ExitCode == 130);
            }
        }

        await bench.FinishAsync();
        bench.ShouldBeConsistent();
        await ShouldBeAsPlannedAsync(bench);
    }

    private static void ShouldBeInOrder(CrashBench bench, bool interrupted)
    {
        using var journal = bench.OpenJournal();
        var run = journal.Find("last");
        run.Status.ShouldBe(interrupted ? RunStatus.Interrupted : RunStatus.Done);
        run.Alive.ShouldBeFalse();
        run.Changes.ShouldNotContain(change => change.Status == ChangeStatus.Intended);
        journal.Events(run.Id)[^1].Kind.ShouldBe("run-ended");
    }

    /// <summary>A signal cancels what can be cancelled: entering maintenance mode is asked for again then. Everything else happened once.</summary>
    private static async Task ShouldBeAsPlannedAsync(CrashBench bench)
    {
        var entered = Each([Enter], "esx01", "esx02", "esx03", "esx04", "esx03");
        var received = await bench.ReceivedAsync();
        received.Where(change => change.StartsWith(Exit, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(entered.Select(change => change.Replace(Enter, Exit, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var cancelled = (await bench.Lab.LogAsync()).Count(operation => operation.Operation == "CancelTask");
        received.Count(change => change.StartsWith(Enter, StringComparison.Ordinal)).ShouldBeInRange(entered.Count(), entered.Count() + cancelled);
    }
}
