using OpsKit.PeerTests.Ssh;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Console;

/// <summary>The whole program and endpoints that are spoken to over SSH.</summary>
public sealed class SshEndpointTests(SshPeer peer) : IClassFixture<SshPeer>, IDisposable
{
    private readonly OpskitProgram _opskit = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _opskit.Dispose();

    [Fact]
    public async Task Doctors_advice_makes_an_unknown_host_known()
    {
        await using var server = await EsxiAsync();
        WriteInventory($"hosts:\n  esx01: {{ address: 127.0.0.1, credential: key, ssh: {{ port: {server.Port} }} }}");

        var ill = await _opskit.RunAsync("", "doctor", "--login");
        var trusted = await _opskit.RunAsync("", "trust", "add", "esx01", "--yes");
        var listed = await _opskit.RunAsync("", "trust", "list", "--output", "csv");
        var healthy = await _opskit.RunAsync("", "doctor", "--login");

        ill.ExitCode.ShouldBe(4, ill.Out);
        ill.Out.ShouldContain("opskit trust add esx01");
        trusted.ExitCode.ShouldBe(0, trusted.Error);
        listed.Out.ShouldContain($"127.0.0.1:{server.Port},host key,SHA256:");
        healthy.ExitCode.ShouldBe(0, healthy.Out);
        healthy.Out.ShouldContain("VMware ESXi 8.0.3 build-24022510");
    }

    [Fact]
    public async Task About_tells_what_hosts_and_enclosures_are_and_which_do_not_answer()
    {
        await using var esxi = await EsxiAsync();
        await using var administrator = await OnboardAdministratorAsync();
        WriteInventory(
            $$"""
            hosts:
              esx01: { address: 127.0.0.1, credential: key, ssh: { port: {{esxi.Port}}, host-keys: accept-new } }
              esx02: { address: 127.0.0.1, credential: key, ssh: { port: 1 } }
            enclosures:
              enc1: { address: 127.0.0.1, credential: key, ssh: { port: {{administrator.Port}}, host-keys: accept-new } }
            """);

        var run = await _opskit.RunAsync("", "about", "--output", "csv");

        run.ExitCode.ShouldBe(6, run.Error);
        run.Out.ShouldContain("\nesx01,host,VMware ESXi,8.0.3,24022510,");
        run.Out.ShouldContain("\nenc1,enclosure,BladeSystem c7000 DDR2 Onboard Administrator with KVM,4.80,Dec 13 2017,", customMessage: run.Out);
        run.Out.ShouldContain("\nesx02,");
        run.Out.ShouldContain("nothing listens on port 1");
    }

    [Fact]
    public async Task Host_that_is_no_esxi_is_told_with_what_it_said()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        WriteInventory($"hosts:\n  esx01: {{ address: 127.0.0.1, credential: key, ssh: {{ port: {server.Port}, host-keys: accept-new }} }}");

        var run = await _opskit.RunAsync("", "about");

        run.ExitCode.ShouldBe(1, run.Error);
        run.Out.ShouldContain("does not say that it is an ESXi host");
    }

    private void WriteInventory(string endpoints) =>
        _opskit.Write("opskit.yaml", $"credentials:\n  key: {{ user: {peer.User.Name}, key: {peer.User.PrivateKey} }}\n{endpoints}\n");

    private async Task<SshServer> EsxiAsync()
    {
        var programs = Directory.CreateDirectory(Path.Combine(peer.Folder, Guid.NewGuid().ToString("N"))).FullName;
        await File.WriteAllTextAsync(Path.Combine(programs, "vmware"), "#!/bin/sh\necho 'VMware ESXi 8.0.3 build-24022510'\n", Token);
        await Shell.RunAsync("chmod", "-R", "a+rX,a+x", peer.Folder);
        return await SshServer.StartAsync(peer.User, [$"SetEnv PATH={programs}:/usr/bin:/bin"]);
    }

    private async Task<SshServer> OnboardAdministratorAsync()
    {
        var program = Path.Combine(peer.Folder, "oa.sh");
        await File.WriteAllTextAsync(
            program,
            """
            printf 'HPE BladeSystem Onboard Administrator\r\n(C) Copyright 2006-2019 Hewlett Packard Enterprise Development LP\r\n\r\n'
            printf 'oa01 [SCRIPT MODE]> %s\r\n' "$SSH_ORIGINAL_COMMAND"
            printf 'Onboard Administrator #1 information:\r\n'
            printf '\tProduct Name  : BladeSystem c7000 DDR2 Onboard Administrator with KVM\r\n'
            printf '\tFirmware Ver. : 4.80 Dec 13 2017\r\n\r\noa01 [SCRIPT MODE]> \r\n%s\r\n' "$SSH_ORIGINAL_COMMAND"
            """,
            Token);
        await Shell.RunAsync("chmod", "-R", "a+rX", peer.Folder);
        return await SshServer.StartAsync(peer.User, [$"ForceCommand /bin/sh {program}"]);
    }
}
