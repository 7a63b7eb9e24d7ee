using Microsoft.Extensions.Time.Testing;
using OpsKit.Connections.Platform;

namespace OpsKit.Connections.Tests.Platform;

public sealed class PrivateFilesTests : IDisposable
{
    private readonly TestHost _host = new();

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
    public async Task Lock_is_waited_for()
    {
        var file = Path.Combine(_host.Folder, "lock");
        var counter = 0;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 20; i++)
            {
                using var held = PrivateFiles.Lock(file, TimeSpan.FromSeconds(30), TimeProvider.System);
                var seen = counter;
                Thread.Yield();
                counter = seen + 1;
            }
        })));

        counter.ShouldBe(80);
    }
}
