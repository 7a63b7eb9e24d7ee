using static OpsKit.Crash.Tests.CrashBench;

namespace OpsKit.Crash.Tests;

/// <summary>A clock that is set while a run is under way, forwards and back (libfaketime).</summary>
public sealed class ClockTests
{
    private const string TwoHosts = """
        name: two hosts
        steps:
          - uses: host.rolling-maintenance
            targets: [esx01, esx02]
        """;

    [Fact]
    public async Task Clock_set_back_and_forth_changes_neither_order_nor_outcome()
    {
        await using var bench = await StartAsync(TwoHosts, speed: 12, confirm: "enc1");
        foreach (var (shift, kind, times) in new[] { ("+3d", "change-intended", 1), ("-400d", "change-done", 1), ("+0", "change-done", 2) })
        {
            // Only the wall clock is set: waiting goes by the other one, which nobody can set.
            bench.Opskit.Through = ["env", $"LD_PRELOAD={Library()}", $"FAKETIME={shift}", "FAKETIME_DONT_FAKE_MONOTONIC=1"];
            using var program = bench.Next();
            await KillAsync(program.ShouldNotBeNull(), bench.HappensAsync(kind, times: times));
        }

        bench.Opskit.Through = [];
        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync(Each([Enter, Exit], "esx01", "esx02"));
        using var journal = bench.OpenJournal();
        var events = journal.Events("last");
        events.Select(happened => happened.Sequence).ShouldBeInOrder();
        events.Select(happened => happened.At.Year).Distinct().Count().ShouldBeGreaterThan(1, "the clock was set");
        (events[0].Kind, events[^1].Kind).ShouldBe(("run-started", "run-ended"));
        journal.List().ShouldHaveSingleItem();
    }

    /// <summary>The wrapper would be killed in the program's place.</summary>
    private static string Library() =>
        Directory.GetDirectories("/usr/lib", "*-linux-gnu*").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).First(File.Exists);
}
