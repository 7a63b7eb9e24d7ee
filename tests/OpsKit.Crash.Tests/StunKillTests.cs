using OpsKit.Engine.Runs;
using OpsKit.TestKit;
using static OpsKit.Crash.Tests.CrashBench;

namespace OpsKit.Crash.Tests;

/// <summary>A stun cycle killed at each of its points: one snapshot was made and it is gone, and the machine is tracked.</summary>
public sealed class StunKillTests
{
    private const string Reconfigure = "ReconfigVM_Task";
    private const string Create = "CreateSnapshot_Task";
    private const string Remove = "RemoveSnapshot_Task";

    private const string Playbook = """
        name: tracking
        steps:
          - uses: cbt.enable
            targets: db01
        """;

    [Theory]
    [InlineData(Reconfigure)]
    [InlineData(Create)]
    [InlineData(Remove)]
    public async Task Killed_while_the_request_is_on_its_way_it_is_not_sent_again(string operation)
    {
        await using var bench = await StartAsync(Playbook, speed: 100, confirm: "db01");
        var held = await bench.Lab.AddFaultAsync("slow", operation, delay: TimeSpan.FromSeconds(operation == Create ? 300 : 400));
        using (var program = bench.Apply())
            await KillAsync(program, bench.Lab.StruckAsync(held));

        // A removal that is on its way is asked for again, as a snapshot that stays is worse: the server refuses the second.
        await ShouldEndWellAsync(bench, exactly: operation != Remove);
    }

    [Theory]
    [InlineData("create=")]
    [InlineData("made=")]
    [InlineData("remove=")]
    public async Task Killed_in_the_midst_of_the_cycle_it_is_taken_up_where_it_was(string note)
    {
        await using var bench = await StartAsync(Playbook, speed: 2, confirm: "db01");
        using (var program = bench.Apply())
            await KillAsync(program, bench.HappensAsync("change-note", note));

        await ShouldEndWellAsync(bench);
    }

    /// <summary>Ctrl-C: a snapshot that is being made is called off, one that is there is removed before the program leaves, or its removal is under way.</summary>
    [Theory]
    [InlineData("create=")]
    [InlineData("made=")]
    public async Task Interrupted_in_the_midst_of_the_cycle_no_snapshot_stays(string note)
    {
        await using var bench = await StartAsync(Playbook, speed: 2, confirm: "db01");
        using (var program = bench.Apply())
        {
            var end = program.EndAsync();
            await bench.HappensAsync("change-note", note);
            await program.SignalAsync("INT");
            (await end).ExitCode.ShouldBe(130, (await end).Error);
        }

        await Eventually.TrueAsync(async () => (await RowsAsync(bench)).All(row => row[^5] == "0"), "no snapshot is left");
        using (var journal = bench.OpenJournal())
            journal.Find("last").Status.ShouldBe(RunStatus.Interrupted);
        await ShouldEndWellAsync(bench, exactly: false);
    }

    private static async Task ShouldEndWellAsync(CrashBench bench, bool exactly = true)
    {
        await bench.FinishAsync();
        if (exactly)
            await bench.ShouldBeWholeAsync($"{Reconfigure} db01", $"{Create} db01", $"{Remove} {await RemovedAsync(bench)}");
        bench.ShouldBeConsistent();
        var rows = await RowsAsync(bench);
        rows.ShouldAllBe(row => row[5].Equals("true", StringComparison.OrdinalIgnoreCase) && row[6].Equals("true", StringComparison.OrdinalIgnoreCase) && row[8] == "0");
    }

    /// <summary>The machine's three disks, as the console lists them.</summary>
    private static async Task<List<string[]>> RowsAsync(CrashBench bench)
    {
        using var status = bench.Opskit.Start("", "cbt", "status", "db01", "--output", "csv", "--inventory", bench.Lab.Inventory);
        var rows = (await status.EndAsync()).Out.Trim().Split('\n').Skip(1).Select(row => row.Split(',')).ToList();
        rows.Count.ShouldBe(3);
        return rows;
    }

    private static async Task<string> RemovedAsync(CrashBench bench) =>
        (await bench.Lab.ChangesAsync()).First(change => change.StartsWith(Remove, StringComparison.Ordinal)).Split(' ')[1];
}
