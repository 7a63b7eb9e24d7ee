using System.Text;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Ssh;

public sealed class CommandTests(SshPeer peer) : IClassFixture<SshPeer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Output_error_and_exit_status_come_apart()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);

        var result = await session.RunAsync("echo größer; echo nein >&2; exit 7", Token);

        result.Output.ShouldBe("größer\n");
        result.Error.ShouldBe("nein\n");
        result.ExitStatus.ShouldBe(7);
        result.Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task Signal_is_told()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);

        var result = await session.RunAsync("kill -KILL $$", Token);

        result.ExitStatus.ShouldBeNull();
        result.ExitSignal.ShouldBe("KILL");
    }

    [Fact]
    public async Task Input_is_read_to_its_end()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);
        var text = string.Concat(Enumerable.Repeat("zwölf Boxkämpfer\n", 20_000));

        var result = await session.RunAsync(new RemoteCommand("wc -c; exit 0") { Input = Encoding.UTF8.GetBytes(text) }, Token);

        result.Output.Trim().ShouldBe($"{Encoding.UTF8.GetByteCount(text)}");
    }

    [Fact]
    public async Task Long_output_is_kept_up_to_the_limit_and_the_rest_dropped()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);

        var result = await session.RunAsync(new RemoteCommand("head -c 30000000 /dev/zero | tr '\\0' x; exit 3") { OutputLimit = 1000 }, Token);

        result.Output.ShouldBe(new string('x', 1000));
        result.Truncated.ShouldBeTrue();
        result.ExitStatus.ShouldBe(3);
    }

    [Fact]
    public async Task Slow_reader_gets_every_line_in_order()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);
        var lines = new List<string>();
        var command = new RemoteCommand("seq 1 5000")
        {
            OnLine = line =>
            {
                // Slower than the server writes.
                Thread.SpinWait(2000);
                lines.Add(line);
            },
        };

        var result = await session.RunAsync(command, Token);

        lines.ShouldBe(Enumerable.Range(1, 5000).Select(number => $"{number}"));
        result.Output.ShouldEndWith("5000\n");
    }

    [Fact]
    public async Task Lines_are_told_while_the_command_runs()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);
        var flag = Path.Combine(peer.User.Home, "go");
        var first = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = new RemoteCommand($"echo first; while [ ! -e {flag} ]; do sleep 0.05; done; echo last") { OnLine = line => first.TrySetResult(line) };

        var running = session.RunAsync(command, Token);
        (await first.Task.WaitAsync(TimeSpan.FromSeconds(20), Token)).ShouldBe("first");
        running.IsCompleted.ShouldBeFalse();
        await File.WriteAllTextAsync(flag, "", Token);

        (await running).Output.ShouldBe("first\nlast\n");
    }

    [Fact]
    public async Task Deadline_ends_the_command_and_says_that_the_outcome_is_unknown()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);

        var late = await Should.ThrowAsync<OpsKitException>(() => session.RunAsync(new RemoteCommand("exec sleep 1234") { Timeout = TimeSpan.FromSeconds(1) }, Token));

        late.OutcomeUnknown.ShouldBeTrue();
        late.Message.ShouldContain("within 1 s");
        await RunsNoMoreAsync("sleep 1234");
        (await session.RunAsync("echo alive", Token)).Output.ShouldBe("alive\n");
    }

    [Fact]
    public async Task Cancellation_ends_the_command_and_answers_at_once()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = session.RunAsync(new RemoteCommand("echo on; exec sleep 2345") { OnLine = _ => started.TrySetResult() }, stop.Token);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await RunsNoMoreAsync("sleep 2345");
    }

    [Fact]
    public async Task Connection_killed_mid_command_leaves_the_outcome_unknown()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var proxy = ChaosProxy.Start(server.Port);
        await using var session = await peer.OpenAsync(proxy.Port);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = session.RunAsync(new RemoteCommand("echo on; sleep 20") { OnLine = _ => started.TrySetResult() }, Token);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);

        proxy.CutAll();

        var lost = await Should.ThrowAsync<OpsKitException>(() => running.WaitAsync(TimeSpan.FromSeconds(15), Token));
        lost.Kind.ShouldBe(FailureKind.Unreachable);
        lost.OutcomeUnknown.ShouldBeTrue();
        session.IsConnected.ShouldBeFalse();
        (await Should.ThrowAsync<OpsKitException>(() => session.RunAsync("echo again", Token))).Kind.ShouldBe(FailureKind.Unreachable);
    }

    [Fact]
    public async Task Server_that_hangs_is_given_up_at_the_deadline()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        var session = await peer.OpenAsync(server.Port);
        await session.RunAsync("true", Token);
        foreach (var process in await SessionProcessesAsync())
            await Shell.RunAsync("kill", "-STOP", process);

        var late = await Should.ThrowAsync<OpsKitException>(() => session.RunAsync(new RemoteCommand("true") { Timeout = TimeSpan.FromSeconds(1) }, Token));
        late.OutcomeUnknown.ShouldBeTrue();

        // Saying goodbye to it takes seconds, not minutes.
        await session.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public async Task Commands_run_side_by_side_on_one_connection()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);

        var results = await Task.WhenAll(Enumerable.Range(0, 9).Select(number => session.RunAsync($"sleep 0.2; echo {number}", Token)));

        results.Select(result => result.Output.Trim()).ShouldBe(Enumerable.Range(0, 9).Select(number => $"{number}"));
        server.CountInLog("Accepted publickey").ShouldBe(1);
    }

    [Fact]
    public async Task Quoted_words_arrive_as_they_are()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);
        string[] words = ["plain", "two words", "it's", "$HOME `id` \\", "", "*", "-n", "a\nb", "ü€😀", "\"q\"", "\u001b[31m", "~root"];

        var result = await session.RunAsync(PosixShell.Command(["printf", "%s\\0", .. words]), Token);

        result.Output.Split('\0')[..^1].ShouldBe(words);
    }

    [Fact]
    public async Task Observer_hears_what_was_done_without_secrets()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        var heard = new List<SshExchange>();
        using var connector = SshPeer.Connector(peer.JumpHost(), new SshOptions { Observer = heard.Add });
        await using var session = await connector.ConnectAsync(peer.Endpoint(server.Port, credential: peer.Password()), Token);

        await session.RunAsync("echo " + PosixShell.Quote(peer.User.Password), Token);

        heard.Select(exchange => exchange.Kind).ShouldBe([SshExchangeKind.Connect, SshExchangeKind.Command]);
        heard[1].Command.ShouldNotContain(peer.User.Password);
        heard[1].BytesReceived.ShouldBe(Encoding.UTF8.GetByteCount(peer.User.Password) + 1);
    }

    private Task RunsNoMoreAsync(string command) => Eventually.TrueAsync(
        () => Shell.TryAsync("pgrep", "-u", peer.User.Name, "-f", command).GetAwaiter().GetResult().Status == 1, $"{command} is gone");

    private async Task<string[]> SessionProcessesAsync() =>
        (await Shell.RunAsync("pgrep", "-f", $"sshd: {peer.User.Name}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
