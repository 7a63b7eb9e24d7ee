using System.Collections.Concurrent;
using OpsKit.Connections.Platform;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Runs;

namespace OpsKit.Engine.Tests.Guards;

/// <summary>Real programs on the real clock.</summary>
public sealed class CommandWatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-guard-").FullName;
    private readonly ConcurrentQueue<GuardSample> _kept = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("echo all is well", Verdict.Healthy, "all is well")]
    [InlineData("echo lag 90 s; exit 1", Verdict.Breached, "lag 90 s")]
    [InlineData("exit 3", Verdict.Inconclusive, "it ended with 3, which says nothing (0 is healthy, 1 a breach)")]
    [InlineData("kill -9 $$", Verdict.Inconclusive, "it ended with 137, which says nothing (0 is healthy, 1 a breach)")]
    [InlineData("sleep 60", Verdict.Inconclusive, "/bin/sh did not end within 1 s and was killed")]
    [InlineData("pwd; exit 1", Verdict.Breached, "{folder}")]
    public async Task Program_decides(string script, Verdict verdict, string reason)
    {
        await using var watch = Watch("/bin/sh", "-c", script);
        await watch.BaselineAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);

        watch.Worst!.Verdict.ShouldBe(verdict);
        watch.Worst.Reason.ShouldBe(reason.Replace("{folder}", _folder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Program_that_is_not_there_is_inconclusive()
    {
        await using var watch = Watch("./check.sh");
        await watch.BaselineAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);

        watch.Worst!.Verdict.ShouldBe(Verdict.Inconclusive);
        watch.Worst.Reason.ShouldStartWith("./check.sh cannot be started: ");
    }

    [Fact]
    public async Task Path_is_meant_from_the_playbooks_folder_and_arguments_are_handed_over_as_they_are()
    {
        var script = Path.Combine(_folder, "check.sh");
        await File.WriteAllTextAsync(script, "#!/bin/sh\necho \"$1|$2\"\nexit 1\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using var watch = Watch("./check.sh", "a b; exit 0", "$HOME");
        await watch.BaselineAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);

        watch.Worst!.Reason.ShouldBe("a b; exit 0|$HOME");
    }

    [Fact]
    public async Task Breach_stays_one_and_every_run_is_kept()
    {
        await using var watch = Watch("/bin/sh", "-c", "test -e seen && exit 0; touch seen; echo once; exit 1");
        await TestKit.Eventually.TrueAsync(() => _kept.Count >= 2, "the second run");

        watch.Worst!.Verdict.ShouldBe(Verdict.Breached);
        watch.Worst.Reason.ShouldBe("once");
        _kept.Take(2).Select(sample => sample.Answered).ShouldBe([false, true]);
        _kept.ShouldAllBe(sample => sample.Guard == "lag" && sample.Target == "sh" && sample.RoundTripMs > 0);
    }

    private GuardWatch Watch(params string[] command)
    {
        var host = JumpHost.From(new Dictionary<string, string>(), _folder, _folder, windows: false);
        var spec = new CommandGuardSpec { Name = "lag", At = "p.yaml:3:5", Command = command, Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(1) };
        return GuardWatch.Start([spec], new Dictionary<string, IReadOnlyList<OpsKit.Connections.Probes.ProbeTarget>>(), GuardDoors.From(host), _kept.Enqueue, CancellationToken.None);
    }
}
