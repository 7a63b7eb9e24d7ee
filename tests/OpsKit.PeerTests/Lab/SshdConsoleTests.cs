using System.Text.RegularExpressions;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Faults;

namespace OpsKit.PeerTests.Lab;

/// <summary>The console's own SSH with the lab's shells.</summary>
public sealed class SshdConsoleTests(SshdLab lab) : SshdConsole(lab), IClassFixture<SshdLab>;

public sealed class SshdConsoleWithoutPerlTests(SshdLabWithoutPerl without) : SshdConsole(without.Lab), IClassFixture<SshdLabWithoutPerl>;

public sealed class SshdLabWithoutPerl : IAsyncLifetime
{
    internal SshdLab Lab { get; } = new() { WithPerl = false };

    public ValueTask InitializeAsync() => Lab.InitializeAsync();

    public ValueTask DisposeAsync() => Lab.DisposeAsync();
}

public abstract class SshdConsole(SshdLab lab)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Console_runs_commands_and_feeds_them()
    {
        await using var session = await OpenAsync();

        var result = await session.RunAsync("echo out; echo err >&2; exit 3", Token);

        (result.ExitStatus, result.Output, result.Error).ShouldBe((3, "out\n", "err\n"));
        session.HostKey.ShouldBe(Whole.Key.Public);
    }

    [Fact]
    public async Task Console_speaks_with_a_shell()
    {
        await using var session = await OpenAsync();
        await using var shell = await session.OpenShellAsync(new SshShellOptions { Prompt = new Regex("root> \\z") }, Token);

        shell.Greeting.ShouldContain("Welcome to whole");
        (await shell.AskAsync("hello", Token)).Trim().ShouldBe("you said hello");
    }

    [Fact]
    public async Task Console_sends_files_and_checks_them()
    {
        await using var session = await OpenAsync();
        var local = Path.Combine(lab.Folder, $"{Guid.NewGuid():N}");
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(local, bytes, Token);

        var sent = await session.UploadAsync(new Upload(local, local + ".sent"), null, Token);

        sent.Bytes.ShouldBe(bytes.Length);
        sent.SentBy.ShouldBe("sftp");
        (await File.ReadAllBytesAsync(local + ".sent", Token)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Console_finds_out_that_a_file_was_damaged_on_its_way()
    {
        await using var session = await OpenAsync();
        var local = Path.Combine(lab.Folder, $"{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(local, "precious", Token);
        lab.Faults.Add(new Fault(FaultKind.Garbled) { Endpoint = "whole", Operation = ShellDoors.Upload, Times = 1 });

        (await Should.ThrowAsync<OpsKitException>(() => session.UploadAsync(new Upload(local, local + ".sent"), null, Token))).Message.ShouldContain("not what was sent");

        File.Exists(local + ".sent").ShouldBeFalse();
    }

    [Fact]
    public async Task Console_runs_a_detached_command()
    {
        var command = new DetachedCommand("for n in 1 2 3; do echo $n; sleep 0.1; done; exit 5") { Folder = lab.Folder, PollInterval = TimeSpan.FromMilliseconds(100) };
        await using var run = await Connector().StartDetachedAsync(Endpoint(), Endpoint().Ssh, command, Token);

        var result = await run.WaitAsync(null, Token);

        result.ExitStatus.ShouldBe(5);
        result.Output.ShouldBe("1\n2\n3\n");
    }

    [Fact]
    public async Task Console_tells_a_broken_connection_from_a_failed_command()
    {
        await using var session = await OpenAsync();
        lab.Faults.Add(new Fault(FaultKind.Cut) { Endpoint = "whole", Operation = "echo cut*", Times = 1 });

        var broken = await Should.ThrowAsync<OpsKitException>(() => session.RunAsync("echo cut here", Token));

        broken.OutcomeUnknown.ShouldBeTrue();
    }

    private LabShell Whole => lab.Shells[2];

    private Task<SshSession> OpenAsync() => Connector().ConnectAsync(Endpoint(), Token);

    private SshConnector Connector()
    {
        var home = Directory.CreateDirectory(Path.Combine(lab.Folder, "home")).FullName;
        var host = JumpHost.From(new Dictionary<string, string>(), home, home, windows: false);
        return new SshConnector(KnownHosts.Of(host), new SecretResolver(host, new ProcessRunner(host.Clock), prompt: null, new Redactor()), host);
    }

    private HostEndpoint Endpoint() => new()
    {
        Name = "whole",
        Address = Whole.Address.ToString(),
        Credential = new Credential { Name = "lab-ssh", UserName = Environment.UserName, PrivateKeyFile = lab.KeyFile },
        Ssh = new SshSettings { Port = lab.Port, Fingerprint = Whole.Key.Public.Fingerprint },
    };
}
