using OpsKit.Engine.Runs;
using OpsKit.TestKit;
using static OpsKit.Crash.Tests.CrashBench;

namespace OpsKit.Crash.Tests;

/// <summary>A driver's update, over a real sshd, killed in one phase after the other: sent once, installed once, restarted once.</summary>
public sealed class VibKillTests
{
    private const string Driver = "samples/vibs/elxnet-14.4.0.39.vib";

    [Fact]
    public async Task Killed_while_sent_installed_restarted_and_looked_at_everything_is_done_once()
    {
        await using var bench = await StartAsync("", speed: 100, confirm: "esx01.lab.example", "--sshd");
        File.Copy(Repository.PathOf(Driver), bench.Opskit.File("driver.vib"));
        bench.Opskit.Write("crash.yaml", """
            name: driver
            steps:
              - uses: vib.update
                targets: esx01
                with: { vib: driver.vib, allow-acceptance: CommunitySupported, settle: 0s }
            """);

        foreach (var moment in new Func<Task>[]
        {
            () => bench.HappensAsync("change-intended", "send driver.vib"),
            () => bench.HappensAsync("change-intended", "--dry-run"),
            () => Eventually.TrueAsync(() => Directory.EnumerateFiles(bench.Lab.Folder, "pid", SearchOption.AllDirectories).Any(), "the installation"),
            () => bench.HappensAsync("change-note", "state="),
            () => bench.HappensAsync("change-intended", "look that it runs them"),
        })
        {
            using var program = bench.Next().ShouldNotBeNull("the run is over before it was killed often enough");
            await KillAsync(program, moment());
        }

        await bench.FinishAsync();

        bench.ShouldBeConsistent();
        var changes = await bench.Lab.ChangesAsync();
        changes.Count(IsStart).ShouldBe(1, string.Join('\n', changes));
        foreach (var operation in new[] { Enter, Reboot, Exit })
            changes.Count(change => change.StartsWith(operation, StringComparison.Ordinal)).ShouldBe(1, operation);
        Directory.EnumerateFileSystemEntries(bench.Lab.Folder, "*opskit-*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    /// <summary>The command that starts a run by itself on a host makes its folder.</summary>
    private static bool IsStart(string change) => change.Contains("mkdir -m 700", StringComparison.Ordinal);
}
