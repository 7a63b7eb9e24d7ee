using OpsKit.Engine.Runs;
using static OpsKit.Crash.Tests.CrashBench;

namespace OpsKit.Crash.Tests;

/// <summary>
/// A rollout of Virtual Connect firmware, over a real sshd, killed again and again. It takes most of a minute: opskit goes by the real clock, and a module that may
/// have been reset is looked at for twenty seconds.
/// </summary>
public sealed class RolloutKillTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Killed_before_and_after_a_reset_and_while_settling_each_module_is_reset_once()
    {
        await using var bench = await StartAsync("", speed: 100, confirm: "enc1", "--sshd");
        bench.Opskit.Write("crash.yaml", $$"""
            name: rollout
            steps:
              - uses: vc.rollout
                targets: [enc1]
                with:
                  package: http://depot.example.com/vcfw502.bin
                  vcsu: "{{bench.Lab.Folder}}/bin/vcsu"
                  oa-user: Administrator
                  oa-password: "file:{{bench.Lab.Folder}}/secrets/enc1-administrator"
                  clean: 1s
                  settle: 2s
            """);

        foreach (var moment in new Func<Task>[]
        {
            () => bench.HappensAsync("change-note", "accepted\\\":false", limit: Long),
            () => bench.HappensAsync("mark", "bay 2 is back", limit: Long),
            () => bench.HappensAsync("change-note", "accepted\\\":true", Accepted(bench) + 1, Long),
        })
        {
            using var program = bench.Next().ShouldNotBeNull("the run is over before it was killed often enough");
            await KillAsync(program, moment());
        }

        await bench.FinishAsync();

        (await bench.Lab.ChangesAsync()).Where(change => change.StartsWith("RESTART", StringComparison.Ordinal)).ShouldBe(["RESTART INTERCONNECT 2", "RESTART INTERCONNECT 1"]);
        bench.ShouldBeConsistent();
        using var journal = bench.OpenJournal();
        journal.Find("last").Changes.Select(change => (change.Key.Change, change.Status)).ShouldBe(
            [("stage", ChangeStatus.Done), ("reset-2", ChangeStatus.Done), ("reset-1", ChangeStatus.Done), ("verify", ChangeStatus.Done)]);
    }

    private static int Accepted(CrashBench bench)
    {
        using var journal = bench.OpenJournal();
        return journal.Events("last").Count(happened => happened.Kind == "change-note" && happened.Text.Contains("accepted\":true", StringComparison.Ordinal));
    }
}
