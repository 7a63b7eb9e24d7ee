using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Runs;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Ssh;

/// <summary>The SSH side of a run's doors.</summary>
public sealed class RunDoorsTests(SshPeer peer) : IClassFixture<SshPeer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Targets_share_one_connection_and_its_end_is_the_runs()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        using var connector = SshPeer.Connector(peer.JumpHost());
        await using (var doors = Doors(connector, server.Port))
        {
            var shells = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => doors.ShellAsync("esx01", Token)));
            var answers = await Task.WhenAll(shells.Select(shell => shell.RunAsync(ReadingCommand.Program("uname", "-a"), Token)));

            answers.ShouldAllBe(answer => answer.Succeeded && answer.Output.Length > 0);
            (await doors.ShellAsync("127.0.0.1", Token)).Name.ShouldBe("esx01");
            server.CountInLog("Accepted publickey").ShouldBe(1);
        }

        await server.LoggedAsync("Disconnected from user");
    }

    [Fact]
    public async Task Reading_goes_on_over_a_new_connection_when_the_old_one_broke()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var proxy = ChaosProxy.Start(server.Port);
        using var connector = SshPeer.Connector(peer.JumpHost());
        await using var doors = Doors(connector, proxy.Port);
        var shell = await doors.ShellAsync("esx01", Token);
        (await shell.RunAsync(ReadingCommand.Program("uname", "-r"), Token)).Succeeded.ShouldBeTrue();

        proxy.CutAll();

        (await shell.RunAsync(ReadingCommand.Program("uname", "-r"), Token)).Succeeded.ShouldBeTrue();
        proxy.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task Name_that_has_no_shell_is_refused_with_what_to_do()
    {
        using var connector = SshPeer.Connector(peer.JumpHost());
        await using var doors = Doors(connector, 1);

        (await Should.ThrowAsync<OpsKitException>(doors.ShellAsync("esx99", Token))).Message.ShouldContain("no host or enclosure called \"esx99\"");
    }

    [Fact]
    public async Task Reading_that_never_ends_has_no_unknown_outcome()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        using var connector = SshPeer.Connector(peer.JumpHost());
        await using var doors = Doors(connector, server.Port);
        var fifo = Path.Combine(peer.Folder, $"fifo-{Guid.NewGuid():N}");
        await Shell.RunAsync("mkfifo", "-m", "0666", fifo);
        await Shell.RunAsync("chmod", "0755", peer.Folder);
        var shell = await doors.ShellAsync("esx01", Token);

        var late = await Should.ThrowAsync<OpsKitException>(shell.RunAsync(ReadingCommand.Program("cat", fifo) with { Timeout = TimeSpan.FromSeconds(1) }, Token));

        late.OutcomeUnknown.ShouldBeFalse();
        late.Message.ShouldContain($"no end of \"cat {fifo}\" within 1 s");
    }

    private RunDoors Doors(SshConnector connector, int port) => new(
        new Estate("test.yaml", [peer.Endpoint(port)], new Dictionary<string, IReadOnlyList<string>>()),
        peer.JumpHost(),
        (_, _) => throw new InvalidOperationException("no vCenter is asked"),
        connector);
}
