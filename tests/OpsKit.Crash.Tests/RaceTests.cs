using OpsKit.PeerTests.Console;
using OpsKit.TestKit;
using static OpsKit.Crash.Tests.CrashBench;

namespace OpsKit.Crash.Tests;

/// <summary>Two processes that want the same target.</summary>
public sealed class RaceTests
{
    /// <summary>The guard watches for ten seconds first: the run has its locks, and nothing is begun.</summary>
    private const string Watched = """
        name: watched
        guards:
          - ping: {targets: [127.0.0.1], tcp-port: PORT, interval: 1s}
        steps:
          - uses: host.rolling-maintenance
            targets: esx02
        """;

    [Fact]
    public async Task Of_two_that_begin_at_once_one_wins_and_the_other_names_it()
    {
        await using var bench = await StartAsync("", speed: 20, confirm: "esx02.lab.example");
        bench.Opskit.Write("crash.yaml", Watched.Replace("PORT", $"{bench.Lab.Port}", StringComparison.Ordinal));
        for (var round = 1; round <= 20; round++)
        {
            using var one = bench.Apply();
            using var other = bench.Apply();
            var (first, second) = (one.EndAsync(), other.EndAsync());
            var loser = await await Task.WhenAny(first, second);
            var winner = first.IsCompleted ? other : one;

            await winner.SaysAsync("kept in");
            loser.ExitCode.ShouldBe(7, $"round {round}: {loser.Error}");
            var id = IdOf(winner.Error);
            loser.Error.ShouldContain($"esx02.lab.example: is being worked on by run {id}");
            loser.Error.ShouldContain($"opskit runs show {id}");

            // Nothing was begun, so that its death lets go of the host.
            await winner.SignalAsync("KILL");
            await Task.WhenAll(first, second);
        }

        (await bench.Lab.ChangesAsync()).ShouldBeEmpty();
        using var journal = bench.OpenJournal();
        journal.List().Count.ShouldBe(20);
        journal.List().ShouldAllBe(run => !run.Alive);
    }

    [Fact]
    public async Task Death_in_the_midst_of_a_change_keeps_its_host_until_it_is_taken_up_or_given_up()
    {
        await using var bench = await StartAsync(Watched[..Watched.IndexOf("guards", StringComparison.Ordinal)] + Watched[Watched.IndexOf("steps", StringComparison.Ordinal)..], speed: 20, confirm: "esx02.lab.example");
        string id;
        using (var program = bench.Apply())
        {
            await KillAsync(program, bench.HappensAsync("change-intended"));
            id = IdOf(program.Error);
        }

        using (var other = bench.Apply())
        {
            var refused = await other.EndAsync();
            refused.ExitCode.ShouldBe(7, refused.Error);
            refused.Error.ShouldContain($"run {id} ended before the outcome of");
            refused.Error.ShouldContain($"opskit runs resume {id}");
            refused.Error.ShouldContain($"opskit runs abort {id}");
        }

        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync(Each([Enter, Exit], "esx02"));
    }

    [Fact]
    public async Task Of_two_that_take_up_the_same_run_one_does()
    {
        await using var bench = await StartAsync(Watched[..Watched.IndexOf("guards", StringComparison.Ordinal)] + Watched[Watched.IndexOf("steps", StringComparison.Ordinal)..], speed: 10, confirm: "esx02.lab.example");
        using (var program = bench.Apply())
            await KillAsync(program, bench.HappensAsync("change-note", "task="));

        using var one = bench.Resume();
        using var other = bench.Resume();
        var ended = await Task.WhenAll(one.EndAsync(), other.EndAsync());

        // Who comes after the other is done hears that there is nothing to resume.
        ended.Count(run => run.ExitCode == 0).ShouldBe(1, string.Join('\n', ended.Select(run => run.Error)));
        ended.Single(run => run.ExitCode != 0).ExitCode.ShouldBeOneOf(3, 7);
        await bench.ShouldBeWholeAsync(Each([Enter, Exit], "esx02"));
    }

    private static string IdOf(string said)
    {
        var begins = said.IndexOf("run ", said.IndexOf("kept in", StringComparison.Ordinal) - 40, StringComparison.Ordinal) + 4;
        return said[begins..said.IndexOf(',', begins)];
    }
}
