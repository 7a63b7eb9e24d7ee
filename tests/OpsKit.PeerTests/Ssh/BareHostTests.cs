using OpsKit.Connections.Ssh;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Ssh;

/// <summary>Hosts that lack some of the programs OpsKit likes to use.</summary>
public sealed class BareHostTests(SshPeer peer) : IClassFixture<SshPeer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sha1sum", "sha1sum md5sum")]
    [InlineData("md5sum", "md5sum")]
    [InlineData("cat", "")]
    public async Task Upload_is_checked_with_what_there_is(string program, string digests)
    {
        await using var server = await StartAsync(digests.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        await using var session = await peer.OpenAsync(server.Port);
        var file = Path.Combine(peer.Folder, "file");
        await File.WriteAllTextAsync(file, "größer\n", Token);
        var there = Path.Combine(peer.User.Home, "checked by " + program);

        var result = await session.UploadAsync(new Upload(file, there), null, Token);

        result.VerifiedBy.ShouldBe(program);
        (await File.ReadAllTextAsync(there, Token)).ShouldBe("größer\n");
    }

    [Fact]
    public async Task Detached_command_runs_without_setsid()
    {
        await using var server = await StartAsync([]);
        var endpoint = peer.Endpoint(server.Port);
        var command = new DetachedCommand("echo eins; sleep 0.3; echo zwei; exit 3") { PollInterval = TimeSpan.FromMilliseconds(100) };
        await using var run = await SshPeer.Connector(peer.JumpHost()).StartDetachedAsync(endpoint, endpoint.Ssh, command, Token);

        var result = await run.WaitAsync(null, Token);

        result.Output.ShouldBe("eins\nzwei\n");
        result.ExitStatus.ShouldBe(3);
        await run.RemoveAsync(Token);
    }

    private async Task<SshServer> StartAsync(string[] more)
    {
        var programs = Directory.CreateDirectory(Path.Combine(peer.Folder, Guid.NewGuid().ToString("N"))).FullName;
        foreach (var program in (string[])["cat", "chmod", "mv", "rm", "mkdir", "tail", "head", "sleep", .. more])
            File.CreateSymbolicLink(Path.Combine(programs, program), (await Shell.RunAsync("which", program)).Trim());
        await Shell.RunAsync("chmod", "-R", "a+rX", peer.Folder);
        return await SshServer.StartAsync(peer.User, [$"SetEnv PATH={programs}"]);
    }
}
