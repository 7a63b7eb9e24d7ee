using OpsKit.Engine.Runs;
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

    /// <summary>Ctrl-C while the snapshot is there: its removal is asked for before the program leaves.</summary>
    [Fact]
    public async Task Interrupted_while_the_snapshot_is_there_its_removal_is_asked_for()
    {
        await using var bench = await StartAsync(Playbook, speed: 2, confirm: "db01");
        using (var program = bench.Apply())
        {
            var end = program.EndAsync();
            await bench.HappensAsync("change-note", "create=");
            await program.SignalAsync("INT");
            (await end).ExitCode.ShouldBe(130, (await end).Error);
        }

        await bench.Lab.ReceivedAsync(Remove);
        using (var journal = bench.OpenJournal())
            journal.Find("last").Status.ShouldBe(RunStatus.Interrupted);
        await ShouldEndWellAsync(bench);
    }

    private static async Task ShouldEndWellAsync(CrashBench bench, bool exactly = true)
    {
        await bench.FinishAsync();
        if (exactly)
            await bench.ShouldBeWholeAsync($"{Reconfigure} db01", $"{Create} db01", $"{Remove} {await RemovedAsync(bench)}");
        bench.ShouldBeConsistent();
        using var status = bench.Opskit.Start("", "cbt", "status", "db01", "--output", "csv", "--inventory", bench.Lab.Inventory);
        var rows = (await status.EndAsync()).Out.Trim().Split('\n').Skip(1).Select(row => row.Split(',')).ToList();
        rows.Count.ShouldBe(3);
        rows.ShouldAllBe(row => row[5].Equals("true", StringComparison.OrdinalIgnoreCase) && row[6].Equals("true", StringComparison.OrdinalIgnoreCase) && row[8] == "0");
    }

    private static async Task<string> RemovedAsync(CrashBench bench) =>
        (await bench.Lab.ChangesAsync()).First(change => change.StartsWith(Remove, StringComparison.Ordinal)).Split(' ')[1];
}
