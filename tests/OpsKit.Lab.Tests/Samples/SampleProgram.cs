using System.Diagnostics;

namespace OpsKit.Lab.Tests.Samples;

/// <summary>What a run of a program printed and how it ended.</summary>
internal sealed record ProgramRun(int ExitCode, string Out, string Error);

/// <summary>Runs the programs that were built with the tests, each a process of its own in a folder of its own.</summary>
internal sealed class SampleProgram : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opskit-sample-");

    /// <summary>The working folder.</summary>
    public string Folder => _folder.CreateSubdirectory("work").FullName;

    /// <summary>The state folder: trust and journal.</summary>
    public string State => _folder.CreateSubdirectory("state").FullName;

    /// <summary>Variables of the programs besides those of this process.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Runs a program, such as <c>opskit-lab</c>.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="arguments">Its arguments.</param>
    public Task<ProgramRun> RunAsync(string program, string input, params string[] arguments) => RunAsync(program, State, input, arguments);

    /// <summary>Runs a program that finds its state in another folder than <see cref="State"/>.</summary>
    public Task<ProgramRun> RunWithStateAsync(string state, string program, params string[] arguments) => RunAsync(program, Path.GetFullPath(state), "", arguments);

    /// <summary>The console stands beside what it needs in a folder of its own; the lab's other needs are in this one.</summary>
    private static string PathOf(string program) => program == "opskit"
        ? Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "OpsKit.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "opskit.dll"))
        : Path.Combine(AppContext.BaseDirectory, program + ".dll");

    private async Task<ProgramRun> RunAsync(string program, string state, string input, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder,
        };
        foreach (var argument in arguments.Prepend(PathOf(program)))
            start.ArgumentList.Add(argument);
        start.Environment["OPSKIT_STATE_DIR"] = state;
        start.Environment["OPSKIT_CONFIG_DIR"] = _folder.CreateSubdirectory("config").FullName;
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return new ProgramRun(process.ExitCode, await output, await error);
    }
}
