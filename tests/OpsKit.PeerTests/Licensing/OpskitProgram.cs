using System.Diagnostics;

namespace OpsKit.PeerTests.Licensing;

/// <summary>What a run of the program printed and how it ended.</summary>
internal sealed record ProgramRun(int ExitCode, string Out, string Error);

/// <summary>The built <c>opskit</c> as an operator runs it: a process of its own, with folders and an environment of its own.</summary>
internal sealed class OpskitProgram : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-program-").FullName;

    public string File(string name) => Path.Combine(_folder, name);

    public void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);

    public async Task<ProgramRun> RunAsync(string password, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = _folder,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "opskit.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["VC_PASSWORD"] = password;
        start.Environment["OPSKIT_STATE_DIR"] = File("state");
        start.Environment["OPSKIT_CONFIG_DIR"] = File("config");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ProgramRun(process.ExitCode, output, await error);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
