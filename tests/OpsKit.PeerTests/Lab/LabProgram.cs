using System.Diagnostics;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Lab;

/// <summary>The built <c>opskit-lab</c> that serves with sshd, as a process of its own; it and its folder are gone with this object.</summary>
internal sealed class LabProgram : IDisposable
{
    /// <summary><c>$0</c> options of the mount, <c>$1</c> user, then the command.</summary>
    private const string AsUser = """mount -t devpts -o "newinstance,ptmxmode=666,$0" devpts /dev/pts && mount --bind /dev/pts/ptmx /dev/ptmx && u=$1 && shift && exec runuser -u "$u" -- "$@" """;

    private const string Ready = "Type next";

    private readonly Process _process;
    private readonly string _folder;

    private LabProgram(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>What it printed when it was ready.</summary>
    public string Said { get; private set; } = "";

    /// <summary>The lab's folder, which is called <c>lab</c>.</summary>
    public string Folder => Path.Combine(_folder, "lab");

    public string SshConfig => Path.Combine(Folder, "ssh_config");

    /// <summary>The program, for a shell.</summary>
    public string Command { get; private set; } = "";

    /// <summary>Starts it.</summary>
    /// <param name="user">Under whom, with a copy of the program that this user can read; null for the user of the tests.</param>
    /// <param name="terminals">How the user's <c>/dev/pts</c> is mounted.</param>
    public static async Task<LabProgram> StartAsync(string? user = null, string terminals = "")
    {
        var folder = Directory.CreateTempSubdirectory("opskit-lab-program-").FullName;
        var program = AppContext.BaseDirectory;
        if (user is not null)
        {
            program = Path.Combine(folder, "program");
            await Shell.RunAsync("cp", "-r", AppContext.BaseDirectory, program);
            await Shell.RunAsync("chown", "-R", user, folder);
        }

        var (dotnet, library) = (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(program, "opskit-lab.dll"));
        string[] words =
        [
            .. user is null ? Array.Empty<string>() : ["unshare", "--mount", "/bin/sh", "-c", AsUser, terminals, user],
            dotnet, library, "serve", "--sshd", "--folder", Path.Combine(folder, "lab"),
        ];
        var start = new ProcessStartInfo(words[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        foreach (var word in words[1..])
            start.ArgumentList.Add(word);
        var lab = new LabProgram(Process.Start(start)!, folder) { Command = $"'{dotnet}' '{library}'" };
        while (!lab.Said.EndsWith("\n\n", StringComparison.Ordinal) || !lab.Said.Contains(Ready, StringComparison.Ordinal))
        {
            lab.Said += await lab._process.StandardOutput.ReadLineAsync() is { } line
                ? line + "\n"
                : throw new InvalidOperationException($"opskit-lab does not serve: {lab.Said}{await lab._process.StandardError.ReadToEndAsync()}");
        }

        return lab;
    }

    public Task SignalAsync(string signal) => Shell.RunAsync("kill", "-s", signal, $"{_process.Id}");

    public Task EndAsync() => _process.WaitForExitAsync();

    /// <summary>All processes beneath it.</summary>
    public async Task<IReadOnlyList<int>> ChildrenAsync()
    {
        var parents = (await Shell.RunAsync("ps", "-eo", "pid=,ppid=")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToLookup(fields => int.Parse(fields[1]), fields => int.Parse(fields[0]));
        var found = new List<int>();
        for (var ahead = new Queue<int>([_process.Id]); ahead.TryDequeue(out var parent);)
        {
            foreach (var child in parents[parent])
            {
                found.Add(child);
                ahead.Enqueue(child);
            }
        }

        return found;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
