namespace OpsKit.TestKit;

/// <summary>
/// A root folder with BusyBox's shell and programs and nothing else, as ESXi's shell is BusyBox, too. sshd locks users into it with
/// <c>ChrootDirectory</c>. Needs root.
/// </summary>
public sealed class BusyBoxRoot : IDisposable
{
    private BusyBoxRoot(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>A path in it, as it is seen from outside.</summary>
    public string Outside(string path) => System.IO.Path.Combine(Path, path.TrimStart('/'));

    /// <summary>Makes the folder.</summary>
    public static async Task<BusyBoxRoot> CreateAsync()
    {
        var root = Directory.CreateDirectory($"/run/opskit-busybox-{Guid.NewGuid():N}").FullName;
        foreach (var folder in (string[])["bin", "dev", "tmp"])
            Directory.CreateDirectory(System.IO.Path.Combine(root, folder));
        await Shell.RunAsync("chmod", "1777", System.IO.Path.Combine(root, "tmp"));
        await Shell.RunAsync("cp", "/bin/busybox", System.IO.Path.Combine(root, "bin/busybox"));
        await Shell.RunAsync("mknod", "-m", "666", System.IO.Path.Combine(root, "dev/null"), "c", "1", "3");
        await Shell.RunAsync("mknod", "-m", "666", System.IO.Path.Combine(root, "dev/zero"), "c", "1", "5");
        foreach (var program in (await Shell.RunAsync("/bin/busybox", "--list")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (program != "busybox")
                File.CreateSymbolicLink(System.IO.Path.Combine(root, "bin", program), "busybox");
        }

        return new BusyBoxRoot(root);
    }

    /// <summary>Removes the folder.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
