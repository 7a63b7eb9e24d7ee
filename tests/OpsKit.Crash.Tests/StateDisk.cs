using System.Diagnostics;
using OpsKit.TestKit;

namespace OpsKit.Crash.Tests;

/// <summary>A small disk of memory at a folder, in a mount namespace of its own (util-linux): it can be filled and made read-only, and is gone with this object. Needs root.</summary>
internal sealed class StateDisk : IAsyncDisposable
{
    private readonly Process _holder;
    private readonly string _folder;

    private StateDisk(Process holder, string folder) => (_holder, _folder) = (holder, folder);

    /// <summary>What runs a program where the disk is seen.</summary>
    public IReadOnlyList<string> Through => ["nsenter", "--target", $"{_holder.Id}", "--mount", $"--wd={Path.GetDirectoryName(_folder)}", "--"];

    /// <summary>The folder as this process sees it.</summary>
    public string Folder => $"/proc/{_holder.Id}/root{_folder}";

    private string Filling => Path.Combine(Folder, "filling");

    public static async Task<StateDisk> MountAsync(string folder, string options)
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo("unshare") { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in new[] { "--mount", "sh", "-c", "mount -t tmpfs -o \"$1\" tmpfs \"$2\" && echo mounted && exec cat", "sh", options, folder })
            start.ArgumentList.Add(argument);
        var holder = Process.Start(start)!;
        (await holder.StandardOutput.ReadLineAsync()).ShouldBe("mounted", "no disk of memory can be mounted here: run the tests as root, in a container with --privileged");
        return new StateDisk(holder, folder);
    }

    public Task MakeReadOnlyAsync() => Shell.RunAsync(Through[0], [.. Through.Skip(1), "mount", "-o", "remount,ro", _folder]);

    /// <summary>Writes until nothing fits any more.</summary>
    public void Fill()
    {
        var block = new byte[4096];
        try
        {
            using var filling = new FileStream(Filling, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
                filling.Write(block);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void Free() => File.Delete(Filling);

    public async ValueTask DisposeAsync()
    {
        _holder.Kill();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
    }
}
