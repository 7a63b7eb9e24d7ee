using System.Security.Cryptography;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Ssh;

public sealed class UploadTests(SshPeer peer) : IClassFixture<SshPeer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_megabytes_arrive_whole_and_progress_is_told()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);
        var (file, sha256) = await FileAsync(50 * 1024 * 1024);
        var there = Remote("driver bundle's.vib");
        var told = new Told();

        var result = await session.UploadAsync(new Upload(file, there), told, Token);

        result.Sha256.ShouldBe(sha256);
        result.Bytes.ShouldBe(50 * 1024 * 1024);
        result.SentBy.ShouldBe("sftp");
        result.VerifiedBy.ShouldBe("sha256sum");
        Sha256Of(there).ShouldBe(sha256);
        told.Steps[^1].ShouldBe(new UploadProgress(50 * 1024 * 1024, 50 * 1024 * 1024));
        told.Steps.Select(step => step.Sent).ShouldBeInOrder();
        Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task Host_without_sftp_takes_it_through_cat()
    {
        await using var server = await SshServer.StartAsync(peer.User, ["Subsystem sftp /bin/false"]);
        await using var session = await peer.OpenAsync(server.Port);
        var (file, sha256) = await FileAsync(3_000_000);
        var there = Remote("by-cat");

        var result = await session.UploadAsync(new Upload(file, there), null, Token);

        result.SentBy.ShouldBe("cat");
        Sha256Of(there).ShouldBe(sha256);
        Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task Old_file_is_replaced_in_one_step_and_gets_the_mode()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);
        var (file, sha256) = await FileAsync(1000);
        var there = Remote("replaced");
        await File.WriteAllTextAsync(there, "old", Token);

        await session.UploadAsync(new Upload(file, there) { Mode = "0600" }, null, Token);

        Sha256Of(there).ShouldBe(sha256);
        (await Shell.RunAsync("stat", "-c", "%a %U", there)).Trim().ShouldBe($"600 {peer.User.Name}");
    }

    [Fact]
    public async Task Empty_file_is_a_file()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);
        var (file, _) = await FileAsync(0);

        (await session.UploadAsync(new Upload(file, Remote("empty")), null, Token)).Bytes.ShouldBe(0);

        new FileInfo(Remote("empty")).Length.ShouldBe(0);
    }

    [Fact]
    public async Task What_arrives_different_is_refused_and_removed()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);
        var (file, _) = await FileAsync(100_000);
        // The host's digest program finds other bytes than were sent.
        var tools = Directory.CreateDirectory(Path.Combine(peer.Folder, "liar")).FullName;
        await File.WriteAllTextAsync(Path.Combine(tools, "sha256sum"), "#!/bin/sh\ntail -c +2 | /usr/bin/sha256sum\n", Token);
        await Shell.RunAsync("chmod", "-R", "a+rX,a+x", peer.Folder);
        await using var liar = await SshServer.StartAsync(peer.User, [$"SetEnv PATH={tools}:/usr/bin:/bin"]);
        await using var lied = await peer.OpenAsync(liar.Port);
        var there = Remote("differs");
        await File.WriteAllTextAsync(there, "old", Token);

        var refused = await Should.ThrowAsync<OpsKitException>(() => lied.UploadAsync(new Upload(file, there), null, Token));

        refused.Kind.ShouldBe(FailureKind.Failed);
        refused.Message.ShouldContain("is not what was sent");
        (await File.ReadAllTextAsync(there, Token)).ShouldBe("old");
        Leftovers().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/nowhere/at/all/file", "there is no folder /nowhere/at/all")]
    [InlineData("/etc/opskit-test", "folder /etc cannot be written")]
    [InlineData("/tmp", "/tmp is a folder")]
    public async Task Place_that_cannot_be_written_is_told_before_bytes_are_sent(string there, string why)
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);
        var (file, _) = await FileAsync(10);

        var refused = await Should.ThrowAsync<OpsKitException>(() => session.UploadAsync(new Upload(file, there), null, Token));

        refused.Kind.ShouldBe(FailureKind.Failed);
        refused.Message.ShouldContain(why);
    }

    [Fact]
    public async Task Missing_local_file_is_told()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var session = await peer.OpenAsync(server.Port);

        var refused = await Should.ThrowAsync<OpsKitException>(() => session.UploadAsync(new Upload(Path.Combine(peer.Folder, "no"), Remote("no")), null, Token));

        refused.Kind.ShouldBe(FailureKind.Usage);
    }

    [Fact]
    public async Task Connection_cut_on_the_way_leaves_the_old_file()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        // The second connection is the one the file goes over.
        await using var proxy = ChaosProxy.Start(server.Port, connection => connection == 1 ? new ChaosProxy.Mischief { CutRequestAfter = 5_000_000 } : new ChaosProxy.Mischief());
        await using var session = await peer.OpenAsync(proxy.Port);
        var (file, _) = await FileAsync(20_000_000);
        var there = Remote("cut");
        await File.WriteAllTextAsync(there, "old", Token);

        var lost = await Should.ThrowAsync<OpsKitException>(() => session.UploadAsync(new Upload(file, there), null, Token).WaitAsync(TimeSpan.FromSeconds(30), Token));

        lost.Kind.ShouldBe(FailureKind.Unreachable);
        lost.Message.ShouldContain("of 20000000 bytes");
        (await File.ReadAllTextAsync(there, Token)).ShouldBe("old");
        Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task Slow_reader_is_waited_for_and_a_stalled_one_is_not()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var proxy = ChaosProxy.Start(server.Port, connection => connection == 1 ? new ChaosProxy.Mischief { StallAfter = 4000 } : new ChaosProxy.Mischief { Delay = TimeSpan.FromMilliseconds(5) });
        await using var session = await peer.OpenAsync(proxy.Port);
        var (file, sha256) = await FileAsync(2_000_000);

        var stalled = await Should.ThrowAsync<OpsKitException>(() => session.UploadAsync(new Upload(file, Remote("slow")) { StallTimeout = TimeSpan.FromSeconds(2) }, null, Token));
        await session.UploadAsync(new Upload(file, Remote("slow")), null, Token);

        stalled.Kind.ShouldBe(FailureKind.Unreachable);
        Sha256Of(Remote("slow")).ShouldBe(sha256);
        Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancellation_removes_what_was_sent()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        await using var proxy = ChaosProxy.Start(server.Port, _ => new ChaosProxy.Mischief { Delay = TimeSpan.FromMilliseconds(20) });
        await using var session = await peer.OpenAsync(proxy.Port);
        var (file, _) = await FileAsync(60_000_000);
        using var stop = new CancellationTokenSource();
        var told = new Told { OnFirst = stop.Cancel };

        await Should.ThrowAsync<OperationCanceledException>(() => session.UploadAsync(new Upload(file, Remote("cancelled")), told, stop.Token));

        File.Exists(Remote("cancelled")).ShouldBeFalse();
        Leftovers().ShouldBeEmpty();
    }

    private string Remote(string name) => Path.Combine(peer.User.Home, name);

    private IEnumerable<string> Leftovers() => Directory.EnumerateFiles(peer.User.Home, ".*opskit-*");

    private async Task<(string Path, string Sha256)> FileAsync(int size)
    {
        var path = Path.Combine(peer.Folder, Guid.NewGuid().ToString("N"));
        var bytes = RandomNumberGenerator.GetBytes(size);
        await File.WriteAllBytesAsync(path, bytes, Token);
        return (path, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static string Sha256Of(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private sealed class Told : IProgress<UploadProgress>
    {
        private readonly Lock _gate = new();
        private readonly List<UploadProgress> _steps = [];

        public IReadOnlyList<UploadProgress> Steps
        {
            get
            {
                lock (_gate)
                    return [.. _steps];
            }
        }

        public Action? OnFirst { get; init; }

        public void Report(UploadProgress value)
        {
            lock (_gate)
                _steps.Add(value);
            OnFirst?.Invoke();
        }
    }
}
