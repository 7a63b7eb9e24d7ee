using static OpsKit.Crash.Tests.CrashBench;

namespace OpsKit.Crash.Tests;

/// <summary>A state folder that cannot be written, from the beginning or at any moment: nothing is done of which nothing is on record.</summary>
public sealed class DiskTests
{
    private const string AllHosts = """
        name: all hosts
        steps:
          - uses: host.rolling-maintenance
            targets: cluster:cl01
            batch: [1, 2, all]
        """;

    [Fact]
    public async Task Full_disk_is_told_before_anything_is_contacted()
    {
        await using var bench = await StartAsync(AllHosts, speed: 100, confirm: "cl01");
        await bench.MountAsync("size=256k");
        bench.Disk!.Fill();
        using var program = bench.Apply();
        var run = await program.EndAsync();

        run.ExitCode.ShouldBeOneOf(1, 3);
        run.Error.ShouldContain("journal.db");
        run.Error.ShouldMatch("full|No space left");
        (await bench.Lab.LogAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_only_state_folder_is_told_before_anything_is_contacted(bool hasJournal)
    {
        await using var bench = await StartAsync(AllHosts, speed: 100, confirm: "cl01");
        await bench.MountAsync("size=4m");
        if (hasJournal)
            bench.OpenJournal().Dispose();
        await bench.Disk!.MakeReadOnlyAsync();
        using var program = bench.Apply();
        var run = await program.EndAsync();

        run.ExitCode.ShouldBe(3, run.Error);
        run.Error.ShouldContain("journal.db");
        run.Error.ShouldContain("OPSKIT_STATE_DIR");
        (await bench.Lab.LogAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Disk_that_fills_up_at_any_moment_stops_the_run_and_room_takes_it_up(int seed)
    {
        var random = new Random(seed);
        await using var bench = await StartAsync(AllHosts, speed: 25, confirm: "cl01");
        await bench.MountAsync("size=16m");
        var stops = 0;
        while (stops < 6 && bench.Next() is { } program)
        {
            using (program)
            {
                var end = program.EndAsync();
                await Task.WhenAny(end, program.SaysAsync("kept in"));
                await Task.WhenAny(end, Task.Delay(random.Next(700), TestContext.Current.CancellationToken));
                bench.Disk!.Fill();
                var run = await end;
                bench.Disk.Free();
                if (run.ExitCode == 0)
                    continue;
                stops++;
                run.ExitCode.ShouldBe(1, run.Error);
                run.Error.ShouldContain("disk is full");
                run.Error.ShouldContain("opskit runs resume");
            }

            await ShouldHaveNothingUnrecordedAsync(bench);
        }

        stops.ShouldBeGreaterThan(0, "no disk was full in time");
        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync(Each([Enter, Exit], "esx01", "esx02", "esx03", "esx04"));
    }

    private static async Task ShouldHaveNothingUnrecordedAsync(CrashBench bench)
    {
        using var journal = bench.OpenJournal();
        var attempts = journal.List().Count == 0 ? 0 : journal.Find("last").Changes.Sum(change => change.Attempts);
        (await bench.Lab.ChangesAsync()).Count.ShouldBeLessThanOrEqualTo(attempts);
    }
}
