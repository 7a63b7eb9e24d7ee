using System.Security.Cryptography;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Hosting;
using OpsKit.TestKit;
using OpsKit.Vim25;

namespace OpsKit.Lab.Tests.Esxi;

/// <summary>What OpsKit itself sends to hosts, through its own connector, to the hosts of a lab.</summary>
public sealed class SshTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opskit-lab-");
    private LabServer _lab = null!;
    private SshConnector _connector = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await LabServer.StartAsync(new LabOptions { Folder = Path.Combine(_folder.FullName, "lab"), Size = LabSize.Field, Speed = 600 }, Token);
        var jumpHost = JumpHost.From(new Dictionary<string, string> { ["ROOT"] = _lab.Estate.Hosts[0].Accounts[0].Password, ["WRONG"] = "wrong" }, _folder.FullName, _folder.FullName, windows: false);
        _connector = new SshConnector(
            KnownHosts.Of(jumpHost), new SecretResolver(jumpHost, new ProcessRunner(jumpHost.Clock), prompt: null, new Redactor()), jumpHost, new SshOptions { Transport = _lab.SshTransport });
    }

    public async ValueTask DisposeAsync()
    {
        _connector.Dispose();
        await _lab.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(1, "sftp", "sha256sum")]
    [InlineData(7, "cat", "sha1sum")]
    public async Task Upload_arrives_whole_and_is_checked_by_what_the_host_has(int host, string way, string program)
    {
        if (host == 1)
            Host(1).Version = "5.5.0";
        await using var session = await _connector.ConnectAsync(Endpoint(host), Token);
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var file = Path.Combine(_folder.FullName, "driver bundle's.vib");
        await File.WriteAllBytesAsync(file, bytes, Token);

        var result = await session.UploadAsync(new Upload(file, "/vmfs/volumes/nfs01/driver bundle's.vib") { Mode = "0600" }, null, Token);

        (result.SentBy, result.VerifiedBy, result.Bytes).ShouldBe((way, program, bytes.Length));
        (await session.RunAsync("wc -c < '/vmfs/volumes/nfs01/driver bundle'\\''s.vib'; stat -c %a /vmfs/volumes/nfs01/d*; ls -a /vmfs/volumes/nfs01", Token)).Output
            .ShouldBe("300000\n600\n.\n..\ndriver bundle's.vib\n");
    }

    [Fact]
    public async Task A_datastore_is_the_same_on_all_hosts_that_see_it_and_by_both_of_its_names()
    {
        await using var one = await _connector.ConnectAsync(Endpoint(1), Token);
        await using var other = await _connector.ConnectAsync(Endpoint(8), Token);
        await one.RunAsync("echo from one > /vmfs/volumes/eva1-lun01/note; echo mine > /tmp/note", Token);

        (await other.RunAsync("cat /vmfs/volumes/eva1-lun01/note; cd /vmfs/volumes/*-*-*-*/ && cat note; cat /tmp/note", Token)).Output.ShouldStartWith("from one\n");
        (await other.RunAsync("cat /tmp/note", Token)).ExitStatus.ShouldBe(1);
        (await other.RunAsync("for v in /vmfs/volumes/*; do [ -f $v/note ] && echo x; done | wc -l", Token)).Output.ShouldBe("2\n");
    }

    [Fact]
    public async Task Upload_to_a_full_disk_fails_and_leaves_nothing()
    {
        _lab.Faults.Add(new Fault(FaultKind.DiskFull) { Endpoint = "esx07", Operation = ShellDoors.Upload });
        await using var session = await _connector.ConnectAsync(Endpoint(7), Token);
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "content", Token);

        var refused = await Should.ThrowAsync<OpsKitException>(() => session.UploadAsync(new Upload(file, "/tmp/file"), null, Token));

        refused.Message.ShouldContain("No space left on device");
        (await session.RunAsync("ls -A /tmp; echo x > /tmp/y; echo $?", Token)).Output.ShouldBe("1\n");
    }

    [Fact]
    public async Task Detached_command_runs_once_and_its_outcome_comes_back_after_a_cut()
    {
        var command = Command("echo eins; echo started >> /tmp/count; sleep 30; echo zwei >&2; exit 42");
        _lab.Faults.Add(new Fault(FaultKind.Cut) { Endpoint = "esx01", Operation = "*echo vanished*", Times = 1 });
        await using var first = await StartAsync(1, command);
        await using var second = await StartAsync(1, command);

        var result = await first.WaitAsync(null, Token);

        (result.ExitStatus, result.Output).ShouldBe((42, "eins\nzwei\n"));
        second.WasThere.ShouldBeTrue();
        result.Reattached.ShouldBeGreaterThan(0);
        await using var session = await _connector.ConnectAsync(Endpoint(1), Token);
        (await session.RunAsync("cat /tmp/count", Token)).Output.ShouldBe("started\n");
        await first.RemoveAsync(Token);
        (await session.RunAsync("ls /tmp", Token)).Output.ShouldBe("count\n");
    }

    [Fact]
    public async Task Detached_command_outlives_its_session_and_is_stopped_with_its_children()
    {
        var command = Command("sleep 4567 & sleep 5678; wait");
        await using var run = await StartAsync(1, command);
        await Eventually.TrueAsync(async () => (await RunAsync(1, "ps | grep -c 'sleep [45]'")).Output == "2\n", "both sleep");

        await run.StopAsync(Token);

        await Eventually.TrueAsync(async () => (await RunAsync(1, "ps | grep -c 'sleep [45]'")).Output == "0\n", "nothing of it runs");
        (await Should.ThrowAsync<OpsKitException>(() => run.WaitAsync(null, Token))).Message.ShouldContain("without an exit status");
    }

    [Fact]
    public async Task Restart_ends_sessions_and_processes_and_empties_the_memory_but_not_the_disks()
    {
        await using var session = await _connector.ConnectAsync(Endpoint(1), Token);
        await session.RunAsync("echo a > /tmp/a; echo b > /vmfs/volumes/nfs01/b; echo c > /store/c", Token);
        await using var run = await StartAsync(1, Command("sleep 100000"));
        var waiting = session.RunAsync("sleep 100000", Token);

        (await session.RunAsync("reboot", Token)).ExitStatus.ShouldBe(0);
        (await Should.ThrowAsync<OpsKitException>(() => waiting)).Kind.ShouldBe(FailureKind.Unreachable);
        (await Should.ThrowAsync<OpsKitException>(() => _connector.ConnectAsync(Endpoint(1), Token))).Kind.ShouldBe(FailureKind.Unreachable);
        await Eventually.TrueAsync(() => Host(1) is { PoweredOn: true, Restarting: false }, "the host is back");

        (await RunAsync(1, "ls /tmp; cat /vmfs/volumes/nfs01/b /store/c; ps | grep -c '[s]leep 1000'")).Output.ShouldBe("b\nc\n0\n");
        (await Should.ThrowAsync<OpsKitException>(() => run.WaitAsync(null, Token))).Message.ShouldContain("is gone");
    }

    [Fact]
    public async Task Wrong_password_and_switched_off_ssh_are_refused()
    {
        var wrong = Endpoint(1) with { Credential = new Credential { Name = "esx", UserName = "root", Password = new SecretReference(SecretSource.Environment, "WRONG") } };
        (await Should.ThrowAsync<OpsKitException>(() => _connector.ConnectAsync(wrong, Token))).Kind.ShouldBe(FailureKind.AuthenticationRefused);

        await RunAsync(1, "/etc/init.d/SSH stop");

        (await Should.ThrowAsync<OpsKitException>(() => _connector.ConnectAsync(Endpoint(1), Token))).Kind.ShouldBe(FailureKind.Unreachable);
    }

    [Fact]
    public async Task Interactive_shell_has_prompt_echo_and_end()
    {
        await using var session = await _connector.ConnectAsync(Endpoint(1), Token);
        await using var shell = await session.OpenShellAsync(new SshShellOptions { Prompt = new System.Text.RegularExpressions.Regex(@"(?m)^\S+ # \z") }, Token);

        shell.Greeting.ShouldContain("The time and date of this login");
        (await shell.AskAsync("vmware -v", Token)).Trim().ShouldBe("VMware ESXi 5.0.0 build-623860");
        (await shell.AskAsync("cd /tmp; for i in 1 2; do echo $i; done", Token)).ReplaceLineEndings("\n").Trim().ShouldBe("1\n2");
        _lab.Log.All.Where(operation => operation.Endpoint == "esx01" && operation.Kind == OperationKind.Query).Select(operation => operation.Operation).ShouldBe(["vmware -v", "cd /tmp; for i in 1 2; do echo $i; done"]);
    }

    [Fact]
    public async Task Everything_a_plan_may_ask_is_no_change()
    {
        await using var session = await _connector.ConnectAsync(Endpoint(1), Token);
        foreach (var command in (ReadingCommand[])
        [
            ReadingCommand.Program("cat", "/etc/vmware/esx.conf"), ReadingCommand.Program("vim-cmd", "vmsvc/getallvms"), ReadingCommand.Program("vim-cmd", "hostsvc/hostsummary"),
            ReadingCommand.Program("esxcfg-nics", "-l"), ReadingCommand.Program("esxcfg-vswitch", "-l"), ReadingCommand.Program("chkconfig", "--list"), ReadingCommand.Program("vmware", "-vl"),
            ReadingCommand.Program("tail", "-n", "20", "/var/log/vmkernel.log"), ReadingCommand.Esxcli("system version get"),
        ])
            (await session.RunAsync(new RemoteCommand(command.Text), Token)).Succeeded.ShouldBeTrue(command.Text);

        _lab.Log.Changes.ShouldBeEmpty();
    }

    private LabHost Host(int number) => _lab.Estate.Hosts[number - 1];

    private HostEndpoint Endpoint(int number) => new()
    {
        Name = InventoryText.NameOf(Host(number)),
        Address = Host(number).Address.ToString(),
        Credential = new Credential { Name = "esx", UserName = "root", Password = new SecretReference(SecretSource.Environment, "ROOT") },
        ConnectTimeout = TimeSpan.FromSeconds(5),
    };

    private static DetachedCommand Command(string text) => new(text) { PollInterval = TimeSpan.FromMilliseconds(50), ReattachTimeout = TimeSpan.FromSeconds(30) };

    private async Task<RemoteCommandResult> RunAsync(int host, string command)
    {
        await using var session = await _connector.ConnectAsync(Endpoint(host), Token);
        return await session.RunAsync(command, Token);
    }

    private Task<DetachedRun> StartAsync(int host, DetachedCommand command) => _connector.StartDetachedAsync(Endpoint(host), Endpoint(host).Ssh, command, Token);
}
