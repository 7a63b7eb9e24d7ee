using OpsKit.PeerTests.Console;
using static OpsKit.Crash.Tests.CrashBench;

namespace OpsKit.Crash.Tests;

/// <summary>Runs killed hundreds of times at random moments, while they begin, work and are taken up.</summary>
public sealed class RandomKillTests
{
    /// <summary>How many processes of each run are killed before the last one may end it.</summary>
    private const int Kills = 15;

    private const string ThreeSteps = """
        name: three steps
        steps:
          - uses: host.rolling-maintenance
            targets: cluster:cl01
            batch: [1, 2, all]
          - uses: host.enter-maintenance
            targets: [esx01, esx04]
          - uses: host.exit-maintenance
            targets: [esx01, esx04]
            batch: all
        """;

    private const string Restarts = """
        name: restarts
        steps:
          - uses: host.rolling-maintenance
            targets: [esx01, esx02, esx03]
            batch: [1, all]
            with: {reboot: true, settle: 0s}
        """;

    [Theory]
    [MemberData(nameof(Seeds), 12)]
    public async Task Run_killed_again_and_again_does_each_change_once(int seed)
    {
        await using var bench = await StartAsync(ThreeSteps, speed: 12, confirm: "cl01");
        await KillAgainAndAgainAsync(bench, new Random(seed), longestMs: 1500);
        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync(Each([Enter, Exit], "esx01", "esx02", "esx03", "esx04", "esx01", "esx04"));
    }

    [Theory]
    [MemberData(nameof(Seeds), 3)]
    public async Task Run_of_restarts_killed_again_and_again_restarts_each_host_once(int seed)
    {
        await using var bench = await StartAsync(Restarts, speed: 40, confirm: "enc1");
        await KillAgainAndAgainAsync(bench, new Random(-seed), longestMs: 2500);
        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync(Each([Enter, Reboot, Exit], "esx01", "esx02", "esx03"));
    }

    public static TheoryData<int> Seeds(int count) => [.. Enumerable.Range(1, count)];

    private static async Task KillAgainAndAgainAsync(CrashBench bench, Random random, int longestMs)
    {
        for (var kills = 0; kills < Kills && bench.Next() is { } program; kills++)
        {
            using (program)
            {
                var end = program.EndAsync();
                // One in five dies before it has begun anything; the others are let get to work first.
                if (random.Next(5) > 0)
                    await Task.WhenAny(end, program.SaysAsync("kept in"));
                var moment = Task.Delay(random.Next(longestMs), TestContext.Current.CancellationToken);
                if (await Task.WhenAny(end, moment) == end)
                {
                    (await end).ExitCode.ShouldBe(0, (await end).Error);
                    return;
                }

                await KillQuietlyAsync(program);
                await end;
            }
        }
    }

    /// <summary>It may have ended in the same moment.</summary>
    private static async Task KillQuietlyAsync(RunningProgram program) => await TestKit.Shell.TryAsync("kill", "-s", "KILL", $"{program.Id}");
}
