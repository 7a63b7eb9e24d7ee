using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Ssh;

public sealed class DetachedTests(SshPeer peer) : IClassFixture<SshPeer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Output_and_exit_status_come_back()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var run = await StartAsync(server.Port, Command("echo größer; echo nein >&2; exit 42"));

        var result = await run.WaitAsync(null, Token);

        result.ExitStatus.ShouldBe(42);
        result.Output.ShouldBe("größer\nnein\n");
        await run.RemoveAsync(Token);
        Directory.Exists(run.Directory).ShouldBeFalse();
    }

    [Fact]
    public async Task Dropped_connection_is_attached_to_again_and_the_command_runs_once()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var proxy = ChaosProxy.Start(server.Port);
        var count = Path.Combine(peer.User.Home, "count");
        var go = Path.Combine(peer.User.Home, "go");
        await using var run = await StartAsync(proxy.Port, Command($"echo started >> {count}; echo one; while [ ! -e {go} ]; do sleep 0.05; done; echo two"));
        var heard = new System.Text.StringBuilder();
        var cut = false;
        var waiting = run.WaitAsync(
            text =>
            {
                heard.Append(text);
                if (cut)
                    return;
                cut = true;
                proxy.CutAll();
                File.WriteAllText(go, "");
            },
            Token);

        var result = await waiting;

        result.ExitStatus.ShouldBe(0);
        result.Output.ShouldBe("one\ntwo\n");
        heard.ToString().ShouldBe("one\ntwo\n");
        result.Reattached.ShouldBeGreaterThan(0);
        (await File.ReadAllTextAsync(count, Token)).ShouldBe("started\n");
    }

    [Fact]
    public async Task Same_name_started_twice_runs_once()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        var count = Path.Combine(peer.User.Home, "twice");
        var command = Command($"echo started >> {count}");
        await using var first = await StartAsync(server.Port, command);
        await using var second = await StartAsync(server.Port, command);

        (await second.WaitAsync(null, Token)).ExitStatus.ShouldBe(0);

        first.WasThere.ShouldBeFalse();
        second.WasThere.ShouldBeTrue();
        (await File.ReadAllTextAsync(count, Token)).ShouldBe("started\n");
    }

    [Fact]
    public async Task Run_goes_on_without_anybody_and_is_attached_to_by_its_name()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        var command = Command("sleep 0.5; echo done");
        await using (await StartAsync(server.Port, command))
        {
        }

        await using var later = SshPeer.Connector(peer.JumpHost()).Attach(peer.Endpoint(server.Port), peer.Endpoint(server.Port).Ssh, command);

        (await later.WaitAsync(null, Token)).Output.ShouldBe("done\n");
    }

    [Fact]
    public async Task Killed_command_leaves_the_outcome_unknown()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var run = await StartAsync(server.Port, Command("sleep 3456"));
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(run.Directory, "pid")), "the run has started");
        await Shell.RunAsync("pkill", "-KILL", "-u", peer.User.Name, "-f", "opskit-");
        await Shell.TryAsync("pkill", "-KILL", "-u", peer.User.Name, "-f", "sleep 3456");

        var vanished = await Should.ThrowAsync<OpsKitException>(() => run.WaitAsync(null, Token));

        vanished.OutcomeUnknown.ShouldBeTrue();
        vanished.Message.ShouldContain("without an exit status");
    }

    [Fact]
    public async Task Unknown_run_is_gone()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        var endpoint = peer.Endpoint(server.Port);
        await using var run = SshPeer.Connector(peer.JumpHost()).Attach(endpoint, endpoint.Ssh, Command("never"));

        (await Should.ThrowAsync<OpsKitException>(() => run.WaitAsync(null, Token))).Message.ShouldContain("is gone");
    }

    [Fact]
    public async Task Stop_ends_the_command_and_its_children()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var run = await StartAsync(server.Port, Command("sleep 4567 & sleep 5678; wait"));
        await Eventually.TrueAsync(() => Shell.TryAsync("pgrep", "-u", peer.User.Name, "-f", "sleep 5678").GetAwaiter().GetResult().Status == 0, "the command runs");

        await run.StopAsync(Token);

        await Eventually.TrueAsync(() => Shell.TryAsync("pgrep", "-u", peer.User.Name, "-f", "sleep (4567|5678)").GetAwaiter().GetResult().Status == 1, "nothing of it runs");
    }

    [Fact]
    public async Task Long_output_comes_in_pieces_and_is_kept_up_to_the_limit()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var run = await StartAsync(server.Port, Command("head -c 3500000 /dev/zero | tr '\\0' ä") with { OutputLimit = 1000 });

        var result = await run.WaitAsync(null, Token);

        result.Truncated.ShouldBeTrue();
        result.Output.Length.ShouldBeLessThanOrEqualTo(1000);
    }

    private DetachedCommand Command(string text) => new(text) { Folder = peer.User.Home, PollInterval = TimeSpan.FromMilliseconds(100), ReattachTimeout = TimeSpan.FromSeconds(30) };

    private Task<DetachedRun> StartAsync(int port, DetachedCommand command)
    {
        var endpoint = peer.Endpoint(port);
        return SshPeer.Connector(peer.JumpHost()).StartDetachedAsync(endpoint, endpoint.Ssh, command, Token);
    }
}
