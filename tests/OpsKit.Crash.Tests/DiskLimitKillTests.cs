using static OpsKit.Crash.Tests.CrashBench;

namespace OpsKit.Crash.Tests;

/// <summary>A run that limits disks, killed at the points where something could be lost or done twice: the limit, and what was there before it.</summary>
public sealed class DiskLimitKillTests
{
    private const string Reconfigure = "ReconfigVM_Task";

    private const string Playbook = """
        name: limits
        steps:
          - uses: disk.limit
            targets: db01
            confirm: name
            with: {iops: 500}
        """;

    [Fact]
    public async Task Killed_before_it_is_asked_for_the_old_values_are_kept_once_it_is()
    {
        await using var bench = await StartAsync(Playbook, speed: 100, confirm: "db01");
        using (var planning = bench.Opskit.Start("", "plan", "crash.yaml", "--inventory", bench.Lab.Inventory))
            (await planning.EndAsync()).ExitCode.ShouldBe(0);
        var ofPlanning = (await bench.Lab.LogAsync()).Count(operation => operation.Operation == "RetrievePropertiesEx");
        var held = await bench.Lab.AddFaultAsync("slow", "RetrievePropertiesEx", after: ofPlanning, delay: TimeSpan.FromDays(1));
        using (var program = bench.Apply())
            await KillAsync(program, bench.Lab.StruckAsync(held));

        (await bench.Lab.ChangesAsync()).ShouldBeEmpty();
        await ShouldEndWellAsync(bench);
    }

    /// <summary>Whoever takes it up is faster than the server: the limit is not asked for a second time, and the new one is not taken for the old.</summary>
    [Fact]
    public async Task Killed_while_the_request_is_on_its_way_it_is_not_sent_again()
    {
        await using var bench = await StartAsync(Playbook, speed: 100, confirm: "db01");
        var held = await bench.Lab.AddFaultAsync("slow", Reconfigure, delay: TimeSpan.FromSeconds(400));
        using (var program = bench.Apply())
            await KillAsync(program, bench.Lab.StruckAsync(held));

        await ShouldEndWellAsync(bench);
    }

    [Fact]
    public async Task Killed_while_the_task_runs_it_is_attached_to()
    {
        await using var bench = await StartAsync(Playbook, speed: 1, confirm: "db01");
        using (var program = bench.Apply())
            await KillAsync(program, bench.HappensAsync("change-note", "task="));

        await ShouldEndWellAsync(bench);
    }

    private static async Task ShouldEndWellAsync(CrashBench bench)
    {
        await bench.FinishAsync();
        await bench.ShouldBeWholeAsync($"{Reconfigure} db01");
        var undo = Directory.GetFiles(bench.Opskit.File("state"), "disk-limits-undo.jsonl", SearchOption.AllDirectories).ShouldHaveSingleItem();
        using (var undone = bench.Opskit.Start("", "disk", "limit", "--undo", undo, "--plan", "--inventory", bench.Lab.Inventory))
            (await undone.EndAsync()).Out.ShouldContain("500 IOPS on each of 3 disks → no limit on each of 3 disks");
    }
}
