using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Ssh;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Ssh;

public sealed class HostKeyTests(SshPeer peer) : IClassFixture<SshPeer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unknown_key_is_refused_with_the_fingerprint_ssh_keygen_shows()
    {
        await using var server = await SshServer.StartAsync(peer.User);

        var refused = await RefusedAsync(peer.JumpHost(), server.Port, Strict);

        refused.Kind.ShouldBe(FailureKind.TrustRefused);
        refused.Message.ShouldContain(await FingerprintAsync(server));
        refused.Next.ShouldNotBeNull().ShouldContain("opskit trust add");
        server.Log.ShouldNotContain("Accepted");
    }

    [Fact]
    public async Task Accepted_new_key_is_recorded_as_openssh_reads_it()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        var host = peer.JumpHost();
        await using (await ConnectAsync(host, server.Port, AcceptNew))
        await using (await ConnectAsync(host, server.Port, Strict))
        {
        }

        var said = await Shell.RunAsync(
            "ssh", "-F", "none", "-i", peer.User.PrivateKey, "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=yes", "-o", "BatchMode=yes",
            "-o", $"UserKnownHostsFile={KnownHosts.Of(host).OwnFile}", "-o", "GlobalKnownHostsFile=none", "-p", $"{server.Port}", $"{peer.User.Name}@127.0.0.1", "echo let in");

        said.ShouldBe("let in\n");
    }

    [Fact]
    public async Task Key_recorded_by_openssh_is_known_plain_and_hashed()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        foreach (var hashed in new[] { false, true })
        {
            var host = peer.JumpHost();
            var file = Path.Combine(Directory.CreateDirectory(Path.Combine(host.HomeDirectory, ".ssh")).FullName, "known_hosts");
            await File.WriteAllTextAsync(file, await Shell.RunAsync("ssh-keyscan", ["-p", $"{server.Port}", .. hashed ? ["-H"] : Array.Empty<string>(), "127.0.0.1"]), Token);

            await using var session = await ConnectAsync(host, server.Port, Strict);

            session.HostKey.Fingerprint.ShouldBe(await FingerprintAsync(server));
        }
    }

    [Theory]
    [InlineData(HostKeyPolicy.Strict)]
    [InlineData(HostKeyPolicy.AcceptNew)]
    public async Task Changed_key_stops_hard_and_nothing_is_told_to_the_server(HostKeyPolicy policy)
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var impostor = await SshServer.StartAsync(peer.User);
        var host = peer.JumpHost();
        await using (await ConnectAsync(host, server.Port, AcceptNew))
        {
        }

        var file = KnownHosts.Of(host).OwnFile;
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Token)).Replace($":{server.Port} ", $":{impostor.Port} ", StringComparison.Ordinal), Token);
        var refused = await RefusedAsync(host, impostor.Port, settings => settings with { HostKeyPolicy = policy });

        refused.Kind.ShouldBe(FailureKind.TrustRefused);
        refused.Message.ShouldContain("HAS CHANGED");
        refused.Message.ShouldContain(await FingerprintAsync(server));
        refused.Message.ShouldContain(await FingerprintAsync(impostor));
        refused.Message.ShouldContain($"{file}:1");
        impostor.Log.ShouldNotContain(peer.User.Name);
    }

    [Fact]
    public async Task Pinned_fingerprint_decides_alone()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        var fingerprint = await FingerprintAsync(server);
        await using var session = await ConnectAsync(peer.JumpHost(), server.Port, settings => settings with { HostKeyPolicy = HostKeyPolicy.Strict, Fingerprint = fingerprint });

        var refused = await RefusedAsync(peer.JumpHost(), server.Port, settings => settings with { Fingerprint = "SHA256:" + new string('A', 43) });

        session.IsConnected.ShouldBeTrue();
        refused.Kind.ShouldBe(FailureKind.TrustRefused);
        refused.Message.ShouldContain(fingerprint);
    }

    [Fact]
    public async Task Host_with_several_keys_is_asked_for_the_one_on_record()
    {
        await using var server = await SshServer.StartAsync(peer.User, null, "ed25519", "rsa", "ecdsa");
        var host = peer.JumpHost();
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(host.HomeDirectory, ".ssh")).FullName, "known_hosts");
        await File.WriteAllTextAsync(file, await Shell.RunAsync("ssh-keyscan", "-t", "rsa", "-p", $"{server.Port}", "127.0.0.1"), Token);

        await using var session = await ConnectAsync(host, server.Port, Strict);

        session.HostKey.Type.ShouldBe("ssh-rsa");
    }

    [Fact]
    public async Task Probe_reads_the_key_and_logs_nobody_in()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        var host = peer.JumpHost();

        var key = await HostKeyProbe.FetchAsync("127.0.0.1", new SshSettings { Port = server.Port }, KnownHosts.Of(host), TimeSpan.FromSeconds(10), TimeProvider.System, Token);

        key.Fingerprint.ShouldBe(await FingerprintAsync(server));
        KnownHosts.Of(host).Entries().ShouldBeEmpty();
        server.Log.ShouldNotContain("Accepted");
    }

    private static SshSettings Strict(SshSettings settings) => settings with { HostKeyPolicy = HostKeyPolicy.Strict };

    private static SshSettings AcceptNew(SshSettings settings) => settings with { HostKeyPolicy = HostKeyPolicy.AcceptNew };

    private static async Task<string> FingerprintAsync(SshServer server) => (await Shell.RunAsync("ssh-keygen", "-lf", server.PublicHostKey())).Split(' ')[1];

    private Task<SshSession> ConnectAsync(JumpHost host, int port, Func<SshSettings, SshSettings> with) => SshPeer.Connector(host).ConnectAsync(peer.Endpoint(port, with), Token);

    private async Task<OpsKitException> RefusedAsync(JumpHost host, int port, Func<SshSettings, SshSettings> with) =>
        await Should.ThrowAsync<OpsKitException>(() => ConnectAsync(host, port, with));
}
