using OpsKit.Connections.Ssh;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Ssh;

/// <summary>What OpsKit runs on hosts, on a host that has BusyBox alone.</summary>
public sealed class BusyBoxTests : IAsyncLifetime
{
    private SshUser _user = null!;
    private SshPeer _peer = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _peer = new SshPeer { LoginShell = "/bin/sh" };
        await _peer.InitializeAsync();
        _user = _peer.User;
    }

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public async Task Upload_arrives_and_is_checked()
    {
        using var root = await BusyBoxRoot.CreateAsync();
        await using var server = await SshServer.StartAsync(_user, [$"ChrootDirectory {root.Path}"]);
        await using var session = await _peer.OpenAsync(server.Port);
        var file = Path.Combine(_peer.Folder, "file");
        await File.WriteAllTextAsync(file, "größer\n", Token);

        var result = await session.UploadAsync(new Upload(file, "/tmp/a file"), null, Token);

        result.VerifiedBy.ShouldBe("sha256sum");
        (await File.ReadAllTextAsync(root.Outside("/tmp/a file"), Token)).ShouldBe("größer\n");
        Directory.EnumerateFiles(root.Outside("/tmp")).Count().ShouldBe(1);
    }

    [Fact]
    public async Task Detached_command_runs_to_its_end()
    {
        using var root = await BusyBoxRoot.CreateAsync();
        await using var server = await SshServer.StartAsync(_user, [$"ChrootDirectory {root.Path}"]);
        var endpoint = _peer.Endpoint(server.Port);
        var command = new DetachedCommand("echo eins; sleep 0.3; echo zwei; exit 3") { PollInterval = TimeSpan.FromMilliseconds(100) };
        await using var run = await SshPeer.Connector(_peer.JumpHost()).StartDetachedAsync(endpoint, endpoint.Ssh, command, Token);

        var result = await run.WaitAsync(null, Token);

        result.Output.ShouldBe("eins\nzwei\n");
        result.ExitStatus.ShouldBe(3);
        await run.RemoveAsync(Token);
        Directory.Exists(root.Outside(run.Directory)).ShouldBeFalse();
    }

    [Fact]
    public async Task Detached_command_is_stopped()
    {
        using var root = await BusyBoxRoot.CreateAsync();
        await using var server = await SshServer.StartAsync(_user, [$"ChrootDirectory {root.Path}"]);
        var endpoint = _peer.Endpoint(server.Port);
        await using var run = await SshPeer.Connector(_peer.JumpHost()).StartDetachedAsync(endpoint, endpoint.Ssh, new DetachedCommand("sleep 6789"), Token);
        await Eventually.TrueAsync(() => IsRunning(), "the command runs");

        await run.StopAsync(Token);

        await Eventually.TrueAsync(() => !IsRunning(), "it ended");

        bool IsRunning() => Shell.TryAsync("pgrep", "-u", _user.Name, "-f", "sleep 6789").GetAwaiter().GetResult().Status == 0;
    }
}
