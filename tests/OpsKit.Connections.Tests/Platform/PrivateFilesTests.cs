using Microsoft.Extensions.Time.Testing;
using OpsKit.Connections.Platform;

namespace OpsKit.Connections.Tests.Platform;

public sealed class PrivateFilesTests : IDisposable
{
    private readonly TestHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Replaced_file_is_its_owners_alone_and_leaves_nothing_behind()
    {
        var file = _host.Write("state", "old");

        PrivateFiles.Replace(file, "new");

        File.ReadAllText(file).ShouldBe("new");
        Directory.EnumerateFiles(_host.Folder).ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Folder_is_its_owners_alone()
    {
        var folder = Path.Combine(_host.Folder, "a/b");

        PrivateFiles.CreateFolder(folder);

        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Folder_where_a_file_stands_is_told() =>
        Should.Throw<OpsKitException>(() => PrivateFiles.CreateFolder(Path.Combine(_host.Write("file", ""), "folder"))).Kind.ShouldBe(FailureKind.Usage);

    [Fact]
    public void Failed_replacement_leaves_the_old_file()
    {
        var folder = Path.Combine(_host.Folder, "is-a-folder");
        Directory.CreateDirectory(folder);

        Should.Throw<OpsKitException>(() => PrivateFiles.Replace(folder, "new")).Kind.ShouldBe(FailureKind.Failed);

        Directory.EnumerateFiles(_host.Folder).ShouldBeEmpty();
    }

    [Fact]
    public void Lock_is_held_by_one_at_a_time()
    {
        var file = Path.Combine(_host.Folder, "lock");
        using (PrivateFiles.Lock(file, TimeSpan.FromSeconds(1), TimeProvider.System))
        {
            var refused = Should.Throw<OpsKitException>(() => PrivateFiles.Lock(file, TimeSpan.Zero, new FakeTimeProvider()));
            refused.Kind.ShouldBe(FailureKind.Locked);
        }

        PrivateFiles.Lock(file, TimeSpan.Zero, TimeProvider.System).Dispose();
    }

    [Fact]
    public async Task Lock_is_taken_over_as_soon_as_it_is_free()
    {
        var file = Path.Combine(_host.Folder, "lock");
        var clock = new FakeTimeProvider();
        var held = PrivateFiles.Lock(file, TimeSpan.Zero, clock);
        var waiting = PrivateFiles.LockAsync(file, TimeSpan.FromSeconds(10), clock, Token);
        clock.Advance(TimeSpan.FromSeconds(1));
        waiting.IsCompleted.ShouldBeFalse();

        held.Dispose();
        while (!waiting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        (await waiting).Dispose();
    }

    [Fact]
    public async Task Lock_held_too_long_is_given_up_and_waiting_can_be_cancelled()
    {
        var file = Path.Combine(_host.Folder, "lock");
        using var held = PrivateFiles.Lock(file, TimeSpan.Zero, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var waiting = PrivateFiles.LockAsync(file, TimeSpan.FromDays(1), TimeProvider.System, stop.Token);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        (await Should.ThrowAsync<OpsKitException>(() => PrivateFiles.LockAsync(file, TimeSpan.Zero, TimeProvider.System, Token))).Kind.ShouldBe(FailureKind.Locked);
    }

    [Fact]
    public async Task Lock_that_cannot_be_made_is_told_at_once_and_blames_nobody()
    {
        var nowhere = Path.Combine(_host.Folder, "missing/lock");

        Should.Throw<OpsKitException>(() => PrivateFiles.Lock(nowhere, TimeSpan.FromDays(1), TimeProvider.System)).Kind.ShouldBe(FailureKind.Usage);
        var refused = await Should.ThrowAsync<OpsKitException>(() => PrivateFiles.LockAsync(_host.Folder, TimeSpan.FromDays(1), TimeProvider.System, Token));
        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.Next.ShouldNotBeNull().ShouldContain("OPSKIT_STATE_DIR");
    }

    /// <summary>A reader at any moment sees one of the contents, whole.</summary>
    [Fact]
    public async Task Replacement_is_never_seen_half_done()
    {
        var file = _host.Write("state", new string('0', 10_000));
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(
            () =>
            {
                var reads = 0;
                for (; !stop.IsCancellationRequested || reads == 0; reads++)
                {
                    var content = File.ReadAllText(file);
                    content.ShouldBe(new string(content[0], 10_000));
                }
            },
            Token);

        for (var i = 0; i < 50; i++)
            PrivateFiles.Replace(file, new string((char)('a' + (i % 26)), 10_000));
        await stop.CancelAsync();

        await reading;
    }

    [Fact]
    public async Task Lock_is_waited_for()
    {
        var file = Path.Combine(_host.Folder, "lock");
        var counter = 0;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async task =>
        {
            for (var i = 0; i < 20; i++)
            {
                using var held = task % 2 == 0
                    ? await PrivateFiles.LockAsync(file, TimeSpan.FromSeconds(30), TimeProvider.System, Token)
                    : await Task.Run(() => PrivateFiles.Lock(file, TimeSpan.FromSeconds(30), TimeProvider.System), Token);
                var seen = counter;
                await Task.Yield();
                counter = seen + 1;
            }
        }));

        counter.ShouldBe(80);
    }
}
