using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Ssh;

public sealed class LoginTests(SshPeer peer) : IClassFixture<SshPeer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Password_logs_in()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port, peer.Password());

        (await session.RunAsync("id -un", Token)).Output.Trim().ShouldBe(peer.User.Name);
    }

    [Fact]
    public async Task Keyboard_interactive_is_answered_with_the_password()
    {
        await using var server = await SshServer.StartAsync(peer.User, ["PasswordAuthentication no", "KbdInteractiveAuthentication yes"]);
        await using var session = await peer.OpenAsync(server.Port, peer.Password());

        (await session.RunAsync("id -un", Token)).Output.Trim().ShouldBe(peer.User.Name);
        server.Log.ShouldContain("Accepted keyboard-interactive");
    }

    [Fact]
    public async Task Key_logs_in()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port, peer.Key());

        (await session.RunAsync("id -un", Token)).Output.Trim().ShouldBe(peer.User.Name);
        server.Log.ShouldContain("Accepted publickey");
    }

    [Fact]
    public async Task Key_with_a_passphrase_logs_in()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        var locked = peer.Key() with { PrivateKeyFile = peer.User.LockedKey, Passphrase = new SecretReference(SecretSource.Environment, "SSH_PASSPHRASE") };
        await using var session = await peer.OpenAsync(server.Port, locked);

        session.IsConnected.ShouldBeTrue();
    }

    [Fact]
    public async Task Key_without_its_passphrase_is_told_before_anything_is_contacted()
    {
        var refused = await RefusedAsync(1, peer.Key() with { PrivateKeyFile = peer.User.LockedKey });

        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.Message.ShouldContain("needs a passphrase");
    }

    [Theory]
    [InlineData("PasswordAuthentication yes", "KbdInteractiveAuthentication no")]
    [InlineData("PasswordAuthentication no", "KbdInteractiveAuthentication yes")]
    [InlineData("PasswordAuthentication yes", "KbdInteractiveAuthentication yes")]
    public async Task Wrong_password_is_tried_once(string passwords, string keyboard)
    {
        await using var server = await SshServer.StartAsync(peer.User, [passwords, keyboard, "MaxAuthTries 10"]);
        var host = peer.JumpHost(password: "not it");

        var refused = await Should.ThrowAsync<OpsKitException>(() => SshPeer.Connector(host).ConnectAsync(peer.Endpoint(server.Port, credential: peer.Password()), Token));

        refused.Kind.ShouldBe(FailureKind.AuthenticationRefused);
        refused.Message.ShouldContain(peer.User.Name);
        refused.Message.ShouldNotContain("not it");
        await server.LoggedAsync("Connection closed by authenticating user");
        (server.CountInLog("Failed password for") + server.CountInLog("Failed keyboard-interactive")).ShouldBe(1, server.Log);
    }

    [Fact]
    public async Task Wrong_key_is_refused()
    {
        await using var server = await SshServer.StartAsync(peer.User);

        var refused = await RefusedAsync(server.Port, peer.Key() with { PrivateKeyFile = peer.User.StrangeKey });

        refused.Kind.ShouldBe(FailureKind.AuthenticationRefused);
        refused.Message.ShouldContain(peer.User.StrangeKey);
    }

    [Fact]
    public async Task Server_that_takes_keys_only_is_told_as_such()
    {
        await using var server = await SshServer.StartAsync(peer.User, ["PasswordAuthentication no"]);

        var refused = await RefusedAsync(server.Port, peer.Password());

        refused.Kind.ShouldBe(FailureKind.AuthenticationRefused);
        refused.Message.ShouldContain("publickey");
    }

    [Fact]
    public async Task Closed_port_is_unreachable()
    {
        int port;
        await using (var server = await SshServer.StartAsync(peer.User))
            port = server.Port;

        (await RefusedAsync(port, peer.Key())).Kind.ShouldBe(FailureKind.Unreachable);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(900)]
    public async Task Server_that_falls_silent_is_given_up_in_time(long after)
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var proxy = ChaosProxy.Start(server.Port, _ => new ChaosProxy.Mischief { StallAfter = after });
        var endpoint = peer.Endpoint(proxy.Port) with { ConnectTimeout = TimeSpan.FromSeconds(2) };
        var started = TimeProvider.System.GetTimestamp();

        var refused = await Should.ThrowAsync<OpsKitException>(() => SshPeer.Connector(peer.JumpHost()).ConnectAsync(endpoint, Token));

        refused.Kind.ShouldBe(FailureKind.Unreachable);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Connection_dropped_before_the_greeting_is_tried_again()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var proxy = ChaosProxy.Start(server.Port, connection => connection < 2 ? new ChaosProxy.Mischief { CloseAfter = 0 } : new ChaosProxy.Mischief());
        await using var session = await peer.OpenAsync(proxy.Port);

        (await session.RunAsync("echo in", Token)).Output.ShouldBe("in\n");
        proxy.Connections.ShouldBe(3);
    }

    [Fact]
    public async Task Server_with_old_algorithms_needs_the_setting_and_is_warned_of()
    {
        string[] old =
        [
            "KexAlgorithms diffie-hellman-group14-sha1", "Ciphers aes128-cbc", "MACs hmac-sha1", "HostKeyAlgorithms ssh-rsa", "PubkeyAcceptedAlgorithms +ssh-rsa",
        ];
        await using var server = await SshServer.StartAsync(peer.User, old, "rsa");

        var refused = await RefusedAsync(server.Port, peer.Key());
        refused.Kind.ShouldBe(FailureKind.Unreachable);
        refused.Next.ShouldNotBeNull().ShouldContain("allow-legacy");

        var warnings = new List<string>();
        await using var session = await SshPeer.Connector(peer.JumpHost(), warn: warnings.Add)
            .ConnectAsync(peer.Endpoint(server.Port, settings => settings with { AllowLegacy = true }), Token);
        (await session.RunAsync("echo old", Token)).Output.ShouldBe("old\n");
        warnings.ShouldHaveSingleItem().ShouldContain("diffie-hellman-group14-sha1");
    }

    [Fact]
    public async Task Hundred_connections_at_once_all_log_in()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        using var connector = SshPeer.Connector(peer.JumpHost(), new SshOptions { MaxHandshakesPerHost = 32 });

        var names = await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            await using var session = await connector.ConnectAsync(peer.Endpoint(server.Port), Token);
            return (await session.RunAsync($"echo {number}", Token)).Output.Trim();
        }));

        names.ShouldBe(Enumerable.Range(0, 100).Select(number => $"{number}"));
    }

    private async Task<OpsKitException> RefusedAsync(int port, Credential credential) =>
        await Should.ThrowAsync<OpsKitException>(() => SshPeer.Connector(peer.JumpHost()).ConnectAsync(peer.Endpoint(port, credential: credential), Token));
}
