using System.Diagnostics;
using System.Text;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Console;

/// <summary>What a run of the program printed and how it ended.</summary>
internal sealed record ProgramRun(int ExitCode, string Out, string Error);

/// <summary>The built <c>opskit</c> as an operator runs it: a process of its own, with folders and an environment of its own.</summary>
internal sealed class OpskitProgram : IDisposable
{
    /// <summary>opskit where it is built, not beside these tests: there it lacks what the lab's framework brings along.</summary>
    public static string BuiltAt(string file) =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "OpsKit.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, file));

    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-program-").FullName;

    /// <summary>What the program is started through, such as <c>nsenter</c>; nothing for itself.</summary>
    public IReadOnlyList<string> Through { get; set; } = [];

    public string File(string name) => Path.Combine(_folder, name);

    public void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);

    /// <summary>The options that name a simulator.</summary>
    public static string[] At(VCenterSimulator server, int? port = null) =>
        ["--server", $"https://127.0.0.1:{port ?? server.Sdk.Port}/sdk", "--user", server.User, "--password", "env:VC_PASSWORD", "--thumbprint", server.Thumbprint!];

    public async Task<ProgramRun> RunAsync(string password, params string[] arguments)
    {
        using var running = Start(password, arguments);
        return await running.EndAsync();
    }

    public RunningProgram Start(string password, params string[] arguments) => new(StartInfo(password, arguments));

    /// <summary>Runs the program in a shell, for pipes and redirections: <c>$OPSKIT</c> is the program.</summary>
    public async Task<ProgramRun> RunInShellAsync(string password, string commandLine)
    {
        var info = StartInfo(password, []);
        var shell = new ProcessStartInfo("/bin/bash") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = _folder };
        foreach (var (name, value) in info.Environment)
            shell.Environment[name] = value;
        shell.Environment["OPSKIT"] = $"{info.FileName} {info.ArgumentList[0]}";
        shell.ArgumentList.Add("-c");
        shell.ArgumentList.Add(commandLine);
        using var running = new RunningProgram(shell);
        return await running.EndAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ProcessStartInfo StartInfo(string password, string[] arguments)
    {
        string[] command = [.. Through, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", BuiltAt("opskit.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = _folder,
        };
        foreach (var argument in command[1..])
            start.ArgumentList.Add(argument);
        start.Environment["VC_PASSWORD"] = password;
        start.Environment["OPSKIT_STATE_DIR"] = File("state");
        start.Environment["OPSKIT_CONFIG_DIR"] = File("config");
        return start;
    }
}

/// <summary>A run that has not ended yet.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task _listening;
    private readonly StringBuilder _error = new();

    public RunningProgram(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _out = _process.StandardOutput.ReadToEndAsync();
        _listening = ListenAsync();
    }

    public int Id => _process.Id;

    /// <summary>What it has said on stderr so far.</summary>
    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    /// <summary>Waits until it says something on stderr.</summary>
    public Task SaysAsync(string text) => Eventually.TrueAsync(() => Error.Contains(text, StringComparison.Ordinal), $"opskit says \"{text}\"");

    /// <summary>Sends a signal, such as <c>INT</c>.</summary>
    public Task SignalAsync(string signal) => Shell.RunAsync("kill", "-s", signal, $"{_process.Id}");

    public async Task<ProgramRun> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _listening;
        return new ProgramRun(_process.ExitCode, await _out, Error);
    }

    public void Dispose() => _process.Dispose();

    private async Task ListenAsync()
    {
        var buffer = new char[1024];
        while (await _process.StandardError.ReadAsync(buffer) is var count and > 0)
        {
            lock (_error)
                _error.Append(buffer, 0, count);
        }
    }
}
